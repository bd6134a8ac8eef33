import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { CompletionFormat, CompletionSource, SourceContext } from '../../src/core.ts'
import {
  answer,
  answerResponse,
  bodyOf,
  doneMarker,
  eventStream,
  finishChunk,
  textChunk,
} from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { trackedStream } from './support/tracked-stream.ts'
import { turns } from './support/turns.ts'

const events = [textChunk('Hel'), textChunk('lo'), finishChunk()]

async function* generated(pieces: readonly unknown[]) {
  yield* pieces
}

function streamed(pieces: readonly unknown[]): ReadableStream<unknown> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
}

describe('what a source may give', () => {
  const text = answer('Hello')
  const halves = [text.slice(0, 21), text.slice(21)]
  const encoder = new TextEncoder()

  test.each<[string, () => CompletionSource | Promise<CompletionSource>]>([
    ['a Response', () => answerResponse('Hello')],
    ['a promise of a Response', async () => answerResponse('Hello')],
    ['a stream of bytes', () => streamed(halves.map((half) => encoder.encode(half)))],
    ['a stream of strings', () => streamed(halves)],
    ['a stream of objects', () => streamed(events)],
    ['an async generator of objects', () => generated(events)],
    ['an async generator of strings', () => generated(halves)],
    ['an async generator of bytes', () => generated(halves.map((half) => encoder.encode(half)))],
  ])('%s', async (_, open) => {
    const { client } = observe({ source: open })
    expect(await client.start('a')).toMatchObject({
      status: 'complete',
      text: 'Hello',
      finishReason: 'stop',
    })
  })

  test('a stream of the openai package', async () => {
    const openai = new OpenAI({
      apiKey: 'unused',
      dangerouslyAllowBrowser: true,
      fetch: async () => answerResponse('Hello'),
    })
    const { client } = observe<string>({
      source: (content, { signal }) =>
        openai.chat.completions.create(
          { model: 'gpt-5', messages: [{ role: 'user', content }], stream: true },
          { signal },
        ),
    })
    expect(await client.start('Hi')).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('is opened with the input, the signal of the run, and the number of the attempt', async () => {
    const opened: { input: string; context: SourceContext }[] = []
    const { client } = observe<string>({
      source(input, context) {
        opened.push({ input, context })
        return generated(events)
      },
    })
    await client.start('a')
    expect(opened).toMatchObject([{ input: 'a', context: { attempt: 1 } }])
    expect(opened[0]!.context.signal.aborted).toBe(false)
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a plain object', { text: 'Hello' }],
    ['a string', 'Hello'],
    ['an array', [textChunk('Hello')]],
  ])('%s is a protocol error that says so', async (_, given) => {
    const { client } = observe({ source: () => given as unknown as CompletionSource })
    const error = errorOf(await client.start('a'))
    expect(error.kind).toBe('protocol')
    expect(error.message).toMatch(/source/i)
    expect(error.message).toMatch(/Response/)
  })
})

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

  test('never opens a source in the breath that started the run', async () => {
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

  test('cancels the body of a response that comes after it', async () => {
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

  test('cancels a stream that comes after it', async () => {
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
    // A generator is interrupted where it next comes to a yield.
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
      // The signal is not passed on: the stream has to be stopped by itself.
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

describe('the end of a source', () => {
  test('after [DONE] the run settles at once, and a body that stays open is cancelled', async () => {
    const tracked = trackedStream()
    const { client } = observe({ source: () => tracked.stream })
    const settled = client.start('a')
    await turns()
    tracked.send(bodyOf(textChunk('Hello'), doneMarker))
    expect(await settled).toMatchObject({
      status: 'complete',
      text: 'Hello',
      finishReason: undefined,
    })
    await turns()
    expect(tracked.cancelled).toBe(true)
    expect(tracked.stream.locked).toBe(false)
  })

  test('an early end is truncated, and the text is kept', async () => {
    const { client } = observe({ source: () => generated([textChunk('Hel')]) })
    const state = await client.start('a')
    expect(errorOf(state).kind).toBe('truncated')
    expect(state.text).toBe('Hel')
  })
})

describe('limits', () => {
  test('a text longer than limits.textLength ends the run, keeps what came, cancels the body', async () => {
    const tracked = trackedStream()
    const { client } = observe({ source: () => tracked.stream, limits: { textLength: 8 } })
    const settled = client.start('a')
    await turns()
    tracked.send(textChunk('12345678'))
    await turns()
    expect(client.getState().status).toBe('streaming')
    tracked.send(textChunk('9'))
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'limit' })
    expect(errorOf(state).message).toContain('8')
    expect(state.text).toBe('123456789')
    await turns()
    expect(tracked.cancelled).toBe(true)
  })

  test('an event longer than limits.eventBytes ends the run', async () => {
    const { client } = observe({
      source: () => answerResponse('x'.repeat(2000)),
      limits: { eventBytes: 1000 },
    })
    expect(errorOf(await client.start('a'))).toMatchObject({ kind: 'limit' })
  })
})

describe('an unknown format', () => {
  test('is a protocol error that names the formats, and the body is cancelled', async () => {
    const tracked = trackedStream()
    const { client } = observe({ source: () => tracked.stream, format: 'openai' as never })
    const error = errorOf(await client.start('a'))
    expect(error.kind).toBe('protocol')
    expect(error.message).toContain("'openai'")
    expect(error.message).toContain('openai-chat')
    await turns()
    expect(tracked.cancelled).toBe(true)
  })
})

describe('a format that throws', () => {
  const broken = (name: 'read' | 'end'): CompletionFormat => ({
    name: 'broken',
    properEnd: 'never',
    createReader: () => ({
      read: (_, emit) => {
        if (name === 'read') throw new TypeError('no such field')
        emit({ type: 'delta', choice: 0, item: 0, channel: 'output_text', part: 0, delta: 'kept' })
      },
      end: () => {
        throw new TypeError('no such field')
      },
    }),
  })

  test.each(['read', 'end'] as const)('in %s is not blamed on the connection', async (name) => {
    const { client } = observe({
      source: () => eventStream(answer('Hello')),
      format: broken(name),
    })
    const result = await client.start('a')
    expect(errorOf(result)).toMatchObject({ kind: 'protocol', cause: { name: 'TypeError' } })
    expect(errorOf(result).message).toContain("'broken' could not read the stream: no such field")
    expect(result.text.startsWith('kept')).toBe(name === 'end')
  })
})
