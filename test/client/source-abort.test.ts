import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { eventStream, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { trackedStream } from './support/tracked-stream.ts'
import { turns } from './support/turns.ts'
import { events, generated } from './support/sources.ts'

describe('abort with a source', () => {
  test('aborts its signal, with the reason', async () => {
    let signal!: AbortSignal
    const { client } = observe({
      source(_, context) {
        signal = context.signal
        return trackedStream().stream
      },
    })
    void client.start('a')
    await turns()
    client.abort('enough')
    expect(signal.aborted).toBe(true)
    expect(signal.reason).toBe('enough')
  })

  test('never opens a source in the same tick as start', async () => {
    let opened = 0
    const { client } = observe({
      source() {
        opened++
        return generated(events)
      },
    })
    void client.start('a')
    client.abort()
    await turns()
    expect(opened).toBe(0)
  })

  test('cancels a stream that ignores the signal', async () => {
    const tracked = trackedStream()
    const { client } = observe({ source: () => tracked.stream })
    const settled = client.start('a')
    await turns()
    tracked.send(textChunk('Hel'))
    await turns()
    client.abort()
    expect(tracked.cancelled).toBe(true)
    expect(await settled).toMatchObject({ status: 'aborted', text: 'Hel' })
    await turns()
    expect(tracked.stream.locked).toBe(false)
  })

  test('cancels the body of a response that arrives later', async () => {
    const tracked = trackedStream<Uint8Array>()
    let respond!: (response: Response) => void
    const { client } = observe({
      source: () => new Promise<Response>((resolve) => (respond = resolve)),
    })
    void client.start('a')
    await turns()
    client.abort()
    respond(eventStream(tracked.stream))
    await turns()
    expect(tracked.cancelled).toBe(true)
  })

  test('cancels a stream that arrives later', async () => {
    const tracked = trackedStream()
    let give!: (stream: ReadableStream<unknown>) => void
    const { client } = observe({
      source: () => new Promise<ReadableStream<unknown>>((resolve) => (give = resolve)),
    })
    void client.start('a')
    await turns()
    client.abort()
    give(tracked.stream)
    await turns()
    expect(tracked.cancelled).toBe(true)
  })

  test('lets an async generator clean up', async () => {
    let cleanedUp = 0
    let next!: () => void
    const { client } = observe({
      source: async function* () {
        try {
          yield textChunk('Hel')
          await new Promise<void>((resolve) => (next = resolve))
          yield textChunk('lo')
        } finally {
          cleanedUp++
        }
      } as never as () => AsyncGenerator,
    })
    const settled = client.start('a')
    await turns()
    client.abort()
    expect(await settled).toMatchObject({ status: 'aborted', text: 'Hel' })
    // A generator is interrupted at its next yield.
    next()
    await turns()
    expect(cleanedUp).toBe(1)
  })

  test('calls return() of an iterator', async () => {
    let returned = 0
    const { client } = observe({
      source: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<IteratorResult<unknown>>(() => undefined),
          return: async () => {
            returned++
            return { done: true, value: undefined }
          },
        }),
      }),
    })
    void client.start('a')
    await turns()
    client.abort()
    await turns()
    expect(returned).toBeGreaterThan(0)
  })

  test('stops a stream of the openai package through its own controller', async () => {
    let signal: AbortSignal | null | undefined
    const tracked = trackedStream<Uint8Array>()
    const openai = new OpenAI({
      apiKey: 'unused',
      dangerouslyAllowBrowser: true,
      fetch: async (_, init) => {
        signal = init?.signal
        return eventStream(tracked.stream)
      },
    })
    const { client } = observe<string>({
      // The signal is not passed on, so the stream itself has to be stopped.
      source: (content) =>
        openai.responses.create({ model: 'gpt-5', input: content, stream: true }),
    })
    void client.start('Hi')
    await turns()
    expect(client.getState().status).toBe('streaming')
    client.abort()
    expect(signal!.aborted).toBe(true)
  })
})
