import { beforeEach, describe, expect, test, vi } from 'vitest'
import { resumable, type Checkpoint, type CompletionOptions } from '../../src/core.ts'
import { bodyOf, doneMarker, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { pass, stopTheClock } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { responseBody, responseEvents, withIds } from './support/responses-stream.ts'
import { turns } from './support/turns.ts'

beforeEach(() => {
  stopTheClock()
  vi.spyOn(Math, 'random').mockReturnValue(1)
})

const events = responseEvents('Hel', 'lo, ', 'wor', 'ld')
const text = 'Hello, world'

async function page(checkpoint?: Checkpoint, options: Partial<CompletionOptions> = {}) {
  const observed = observe({
    resume: resumable({
      url: ({ responseId, sequenceNumber, lastEventId }) =>
        `/api/${responseId}?after=${sequenceNumber}&id=${lastEventId}`,
    }),
    ...options,
  })
  const settled = observed.client.start('a', { checkpoint })
  await turns()
  async function serve(index: number, body: string) {
    observed.requests[index]!.respond()
    await send(index, body)
  }
  async function send(index: number, body: string) {
    observed.requests[index]!.send(body)
    await turns()
  }
  return { ...observed, settled, serve, send, state: () => observed.client.getState() }
}

describe('the checkpoint in the state', () => {
  test('contains the position in the stream, as small JSON', async () => {
    const { serve, send, state } = await page()
    expect(state().checkpoint).toBeUndefined()
    await serve(0, responseBody(events, 0, 1))
    expect(state().checkpoint).toEqual({ responseId: 'resp_1', sequenceNumber: 0 })
    await send(0, responseBody(events, 1, 4))
    const { checkpoint } = state()
    expect(checkpoint).toEqual({ responseId: 'resp_1', sequenceNumber: 3 })
    expect(JSON.parse(JSON.stringify(checkpoint))).toEqual(checkpoint)
  })

  test('has the id of the last event if the stream has ids', async () => {
    const { serve, state } = await page()
    await serve(0, withIds([textChunk('Hel')]))
    expect(state().checkpoint).toEqual({ responseId: 'chatcmpl-1', lastEventId: 'e0' })
  })

  test('is undefined without resume, and for a stream that cannot be resumed', async () => {
    const without = await page(undefined, { resume: undefined })
    await without.serve(0, responseBody(events, 0, 4))
    expect(without.state().checkpoint).toBeUndefined()
    const plain = await page()
    await plain.serve(0, bodyOf(textChunk('Hel')))
    expect(plain.state()).toMatchObject({ text: 'Hel', checkpoint: undefined })
  })

  test('is kept after an abort and an error, and removed after a complete run', async () => {
    const aborted = await page()
    await aborted.serve(0, responseBody(events, 0, 4))
    aborted.client.abort()
    expect((await aborted.settled).checkpoint).toMatchObject({ responseId: 'resp_1' })
    const complete = await page()
    await complete.serve(0, responseBody(events))
    expect((await complete.settled).checkpoint).toBeUndefined()
  })
})

describe('a start with the checkpoint of an earlier page', () => {
  const checkpoint = { responseId: 'resp_1', sequenceNumber: 3 }

  test('reads the stream from its beginning, by GET, and posts nothing', async () => {
    const { serve, requests, settled } = await page(checkpoint)
    expect(requests[0]!.url).toBe('/api/resp_1?after=undefined&id=undefined')
    expect(requests[0]!.init.method).toBe('GET')
    await serve(0, responseBody(events))
    expect(await settled).toMatchObject({ status: 'complete', text, attempt: 1 })
    expect(requests).toHaveLength(1)
  })

  test('sends no Last-Event-ID, so that the server replays everything', async () => {
    const { serve, requests, settled } = await page({ lastEventId: 'e1' })
    expect(new Headers(requests[0]!.init.headers).get('last-event-id')).toBeNull()
    await serve(0, withIds([textChunk('Hel'), textChunk('lo')]) + doneMarker)
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('is an error if the replay does not start at the beginning', async () => {
    const { serve, settled } = await page(checkpoint)
    await serve(0, responseBody(events, 4))
    const error = errorOf(await settled)
    expect(error.kind).toBe('protocol')
    expect(error.message).toContain('starts with event 4')
    expect((await settled).text).toBe('')
  })

  test('resumes when the replay breaks', async () => {
    const { serve, requests, settled } = await page(checkpoint)
    await serve(0, responseBody(events, 0, 4))
    requests[0]!.fail()
    await pass(1000)
    expect(requests[1]!.url).toContain('after=3')
    await serve(1, responseBody(events, 4))
    expect(await settled).toMatchObject({ status: 'complete', text, attempt: 2 })
  })

  test('is retried from the beginning when the server cannot be reached, and never posted', async () => {
    const { serve, requests, settled } = await page(checkpoint, { retry: 5 })
    requests[0]!.fail()
    await pass(1000)
    requests[1]!.respond({ status: 503 })
    requests[1]!.end()
    await pass(2000)
    await serve(2, responseBody(events))
    expect(await settled).toMatchObject({ status: 'complete', text, attempt: 3 })
    expect(requests.map(({ url, init }) => [init.method, url])).toEqual(
      Array(3).fill(['GET', '/api/resp_1?after=undefined&id=undefined']),
    )
  })

  test('has its checkpoint from the start', async () => {
    const { state } = await page(checkpoint)
    expect(state().checkpoint).toEqual({ responseId: 'resp_1' })
  })

  test('tells a source to replay', async () => {
    const contexts: unknown[] = []
    const { settled } = await page(checkpoint, {
      source: async function* (_, { resumeFrom }) {
        contexts.push(resumeFrom)
        yield* events
      },
    })
    expect(await settled).toMatchObject({ status: 'complete', text })
    expect(contexts).toEqual([
      { responseId: 'resp_1', sequenceNumber: undefined, lastEventId: undefined },
    ])
  })

  test('reads a whole response from a server that does not stream finished responses', async () => {
    const { requests, settled } = await page(checkpoint)
    requests[0]!.respond({ headers: { 'content-type': 'application/json' } })
    const response = (events.at(-1) as { response: object }).response
    requests[0]!.send(JSON.stringify({ object: 'response', ...response }))
    requests[0]!.end()
    expect(await settled).toMatchObject({ status: 'complete', text })
  })

  test('without resume is a mistake that start reports immediately', () => {
    const { client } = observe()
    expect(() => client.start('a', { checkpoint })).toThrow('Import resumable')
  })
})

describe('retry() after a start with a checkpoint', () => {
  const checkpoint = { responseId: 'resp_1' }

  async function methodOfRetry(end: (run: Awaited<ReturnType<typeof page>>) => Promise<void>) {
    const run = await page(checkpoint, { resume: resumable({ url: () => '/r', attempts: 0 }) })
    await end(run)
    await run.settled
    void run.client.retry()
    await turns()
    return run.requests.at(-1)!.init.method
  }

  test('replays again after a failed connection', async () => {
    const method = await methodOfRetry(async ({ requests }) => requests[0]!.fail())
    expect(method).toBe('GET')
  })

  test('sends the input if the server refused the replay', async () => {
    const method = await methodOfRetry(async ({ requests }) => {
      requests[0]!.respond({ status: 404 })
      requests[0]!.end()
    })
    expect(method).toBe('POST')
  })

  test('sends the input after a complete run', async () => {
    const method = await methodOfRetry(({ serve }) => serve(0, responseBody(events)))
    expect(method).toBe('POST')
  })
})
