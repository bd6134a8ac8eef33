import { describe, expect, test } from 'vitest'
import {
  createCompletion,
  defineFormat,
  moderationGate,
  type CompletionOptions,
} from '../../src/core.ts'
import { chatChunk, data, done } from '../support/wire-text.ts'
import { bodyOf, doneMarker, eventStream, finishChunk, textChunk } from './support/chat.ts'
import { last, observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

const encoder = new TextEncoder()

/** A body that is created as it is pulled, and counts its pieces. */
function countedBody(pieces: Iterable<string>) {
  const iterator = pieces[Symbol.iterator]()
  const counted = { pulled: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = iterator.next()
        if (next.done) {
          controller.close()
          return
        }
        const bytes = encoder.encode(next.value)
        counted.pulled += bytes.length
        controller.enqueue(bytes)
      },
      cancel: () => void (counted.cancelled = true),
    },
    { highWaterMark: 0 },
  )
  return { stream, counted }
}

function* forEver(first: string, piece: string) {
  yield first
  for (;;) yield piece
}

const inPieces = (body: string, size: number) => body.match(new RegExp(`.{1,${size}}`, 'gs'))!

/** Reads a counted body to its outcome. */
async function read(
  pieces: Iterable<string>,
  options: Partial<CompletionOptions> = {},
  { contentType = 'text/event-stream', status = 200 } = {},
) {
  const { stream, counted } = countedBody(pieces)
  let signal: AbortSignal | undefined
  const { client } = observe({
    ...options,
    fetch: async (_, init) => {
      signal = init.signal!
      return new Response(stream, { status, headers: { 'content-type': contentType } })
    },
  })
  const result = await client.start('')
  await turns()
  return { result, ...counted, isRequestAborted: signal!.aborted }
}

const limited = (text: string) => ({
  result: { status: 'error', text, error: { kind: 'limit' } },
  cancelled: true,
  isRequestAborted: true,
})

describe('one event that is too large', () => {
  const eventLength = 20_000
  const before = data(chatChunk({ content: 'Before' }))
  /** A chunk of exactly this many characters of JSON. */
  const chunkOf = (length: number) => {
    const bare = JSON.stringify(chatChunk({ content: '' })).length
    return JSON.stringify(chatChunk({ content: 'x'.repeat(length - bare) }))
  }
  const framings = [
    ['a server-sent event', (json: string) => `data: ${json}\n\n`, 'text/event-stream'],
    ['a line of JSON', (json: string) => `${json}\n`, 'application/x-ndjson'],
  ] as const

  describe.each(framings)('%s', (_, frame, contentType) => {
    const first = frame(JSON.stringify(chatChunk({ content: 'Before' })))
    const end = frame(JSON.stringify(chatChunk({}, 'stop')))

    test.each([
      ['in one piece', 1_000_000],
      ['in many pieces', 700],
    ])('is read at the exact limit, but not one character longer, %s', async (_, size) => {
      const limits = { eventLength }
      const read1 = async (length: number) =>
        read(inPieces(first + frame(chunkOf(length)) + end, size), { limits }, { contentType })
      const whole = await read1(eventLength)
      expect(whole.result).toMatchObject({ status: 'complete', finishReason: 'stop' })
      expect(await read1(eventLength + 1)).toMatchObject(limited('Before'))
    })

    test('that never ends is read no further than the limit', async () => {
      const beginning = first + frame(chunkOf(500)).slice(0, 300)
      const outcome = await read(
        forEver(beginning, 'x'.repeat(1000)),
        { limits: { eventLength } },
        { contentType },
      )
      expect(outcome).toMatchObject(limited('Before'))
      expect(outcome.pulled).toBeLessThan(eventLength + first.length + 2000)
    })
  })

  test('of endless lines is limited as a whole', async () => {
    const outcome = await read(forEver(before, `data: ${'x'.repeat(994)}\n`), {
      limits: { eventLength },
    })
    expect(outcome).toMatchObject(limited('Before'))
    expect(outcome.pulled).toBeLessThan(eventLength + 4000)
  })

  test('is limited to 16 MiB if the app sets no limit', async () => {
    const piece = 'x'.repeat(65_536)
    const outcome = await read(forEver(`${before}data: {"x":"`, piece))
    expect(outcome).toMatchObject(limited('Before'))
    expect(outcome.pulled).toBeGreaterThan(16 * 1024 * 1024)
    expect(outcome.pulled).toBeLessThan(16 * 1024 * 1024 + 4 * piece.length)
  })
})

describe('a text that is too long', () => {
  const limits = { textLength: 1000 }
  const chat = (content: string, index = 0) =>
    data({ choices: [{ index, delta: { content }, finish_reason: null }] })
  const responses = (delta: string) =>
    data({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta })
  const legacy = (text: string) =>
    data({ object: 'text_completion', choices: [{ index: 0, text, finish_reason: null }] })
  const acme = defineFormat<{ t: string }>({
    name: 'acme',
    read: ({ json }, output) => output.text(json?.t ?? ''),
  })
  const formats = [
    ['openai-chat', chat, 'text/event-stream', undefined],
    ['openai-responses', responses, 'text/event-stream', undefined],
    ['openai-completions', legacy, 'text/event-stream', undefined],
    ['text', (text: string) => text, 'text/plain', undefined],
    ['a format of the app', (t: string) => data({ t }), 'text/event-stream', acme],
  ] as const

  describe.each(formats)('%s', (_, event, contentType, format) => {
    test('is read up to the exact limit', async () => {
      const pieces = Array.from({ length: 100 }, () => event('x'.repeat(10)))
      const { result } = await read(pieces, { limits, format }, { contentType })
      expect(result.text).toHaveLength(1000)
      expect(result.error?.kind).not.toBe('limit')
    })

    test('one character more ends the run, keeps the text, and reads nothing further', async () => {
      const ten = event('x'.repeat(10))
      const outcome = await read(forEver(event('x'), ten), { limits, format }, { contentType })
      expect(outcome).toMatchObject(limited('x'.repeat(1001)))
      expect(outcome.pulled).toBeLessThan(102 * ten.length)
    })

    test('a text that arrives in one piece ends the run too', async () => {
      const body = event('x'.repeat(1001))
      expect(await read([body], { limits, format }, { contentType })).toMatchObject({
        result: { status: 'error', text: 'x'.repeat(1001), error: { kind: 'limit' } },
      })
    })
  })

  test('is counted over all choices together', async () => {
    const pieces = [chat('x'.repeat(600), 0), chat('y'.repeat(400), 1)]
    const { result } = await read([...pieces, done], { limits })
    expect(result.status).toBe('complete')
    const outcome = await read([...pieces, chat('z', 2), done], { limits })
    expect(outcome.result).toMatchObject({ error: { kind: 'limit' }, text: 'x'.repeat(600) })
    expect(outcome.result.choices).toHaveLength(3)
  })

  test('is too long even if it arrives with the proper end', async () => {
    const whole = (length: number) =>
      JSON.stringify({
        object: 'chat.completion',
        choices: [{ index: 0, message: { content: 'x'.repeat(length) }, finish_reason: 'stop' }],
      })
    const contentType = 'application/json'
    expect((await read([whole(1000)], { limits }, { contentType })).result.status).toBe('complete')
    const { result } = await read([whole(1001)], { limits }, { contentType })
    expect(result).toMatchObject({ status: 'error', error: { kind: 'limit' } })
    const ending = defineFormat<{ t: string }>({
      name: 'ending',
      read({ json }, output) {
        output.text(json?.t ?? '')
        output.end()
      },
    })
    const readEnding = async (length: number) =>
      (await read([data({ t: 'x'.repeat(length) })], { limits, format: ending })).result
    expect((await readEnding(1000)).status).toBe('complete')
    expect((await readEnding(1001)).error?.kind).toBe('limit')
  })

  test('is counted when it is cleared, with moderation', async () => {
    const moderate = moderationGate({ check: () => false, every: 10 })
    const pieces = Array.from({ length: 100 }, () => chat('x'.repeat(10)))
    const { result } = await read([...pieces, done], { limits, moderate })
    expect(result).toMatchObject({ status: 'complete', text: 'x'.repeat(1000) })
    const outcome = await read([...pieces, chat('x'), done], { limits, moderate })
    expect(outcome.result.error?.kind).toBe('limit')
  })

  test('has no limit unless the app sets one', async () => {
    const { result } = await read([chat('x'.repeat(100_000)), done])
    expect(result).toMatchObject({ status: 'complete' })
    expect(result.text).toHaveLength(100_000)
  })
})

describe("an error's body that is too large", () => {
  const bound = 65_536
  const error = (length: number) => {
    const bare = JSON.stringify({ error: { message: 'No', pad: '' } }).length
    return JSON.stringify({ error: { message: 'No', pad: 'x'.repeat(length - bare) } })
  }
  const refused = { status: 500, contentType: 'application/json' }

  test.each([
    ['in one piece', 1_000_000],
    ['in many pieces', 1000],
  ])('is read at the exact limit, and cut one character later, %s', async (_, size) => {
    const whole = await read(inPieces(error(bound), size), {}, refused)
    expect(whole.result.error).toMatchObject({ kind: 'http', status: 500, message: 'No' })
    expect(whole.result.error?.body).toEqual(JSON.parse(error(bound)))
    const cut = await read(inPieces(error(bound + 1), size), {}, refused)
    // The status is more informative than the length of the body.
    expect(cut.result.error).toMatchObject({ kind: 'http', status: 500 })
    expect(cut.result.error?.message).toBe('The server responded with 500.')
    expect(cut.result.error?.body).toBe(error(bound + 1).slice(0, bound))
  })

  test('that never ends is read no further, and its connection is closed', async () => {
    const outcome = await read(forEver('{', 'x'.repeat(1000)), {}, refused)
    expect(outcome.result.error).toMatchObject({ kind: 'http', status: 500 })
    expect(outcome).toMatchObject({ cancelled: true, isRequestAborted: true })
    expect(outcome.pulled).toBeLessThan(bound + 2000)
  })
})

test('a run after one that exceeded a limit starts from zero', async () => {
  const { client, requests } = observe({ limits: { textLength: 10 } })
  const first = client.start('')
  await turns()
  last(requests).respond()
  last(requests).send(textChunk('x'.repeat(11)))
  expect((await first).error?.kind).toBe('limit')
  expect(last(requests).closedByClient).toBe(true)
  const second = client.start('')
  await turns()
  last(requests).respond()
  last(requests).send(bodyOf(textChunk('x'.repeat(10)), finishChunk(), doneMarker))
  expect(await second).toMatchObject({ status: 'complete', text: 'x'.repeat(10) })
})

test('a request that exceeded a limit is not retried', async () => {
  let sent = 0
  const { start } = createCompletion({
    url: '/api',
    retry: 3,
    limits: { eventLength: 100 },
    fetch: async () => {
      sent++
      return eventStream(`data: ${'x'.repeat(200)}\n\n`)
    },
  })
  expect((await start('')).error?.kind).toBe('limit')
  expect(sent).toBe(1)
})
