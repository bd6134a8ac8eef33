import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { pass, stopTheClock } from './support/fake-time.ts'
import { firstPage } from './support/first-page.ts'
import { responseBody, responseEvents } from './support/responses-stream.ts'
import { turns } from './support/turns.ts'

const words = (count: number) => Array.from({ length: count }, (_, index) => textChunk(`${index} `))
const contentType = (type: string) => ({ headers: { 'content-type': type } })

describe('an answer that arrives at once after a long wait', () => {
  beforeEach(stopTheClock)

  /** Reads an answer of `count` words, after a wait, in pieces with a pause after each. */
  async function read(count: number, wait: number, { pieces = 1, pause = 0 } = {}) {
    const page = await firstPage()
    const { settled, request } = await page.answer()
    await pass(wait)
    for (let piece = 0; piece < pieces; piece++) {
      request.send(bodyOf(...words(count / pieces)))
      await pass(pause)
    }
    request.send(bodyOf(finishChunk(), doneMarker))
    await settled
    return page.advice()
  }

  test('is reported as buffered, with the delay and the setting that fixes it', async () => {
    const advice = await read(100, 6000)
    expect(advice).toHaveLength(1)
    expect(advice[0]).toContain('All 100 chunks of the answer arrived at once, after 6.0 s.')
    expect(advice[0]).toContain('X-Accel-Buffering')
  })

  test('may arrive in several reads, if no model is that fast', async () => {
    expect(await read(100, 2000, { pieces: 5, pause: 5 })).toHaveLength(1)
  })

  test.each([
    ['that arrives as it is generated', 100, 6000, { pieces: 100, pause: 10 }],
    ['that a fast model writes', 100, 6000, { pieces: 10, pause: 10 }],
    ['that is short', 19, 6000, {}],
    ['that arrives soon', 100, 1999, {}],
  ])('an answer %s causes no warning', async (_, count, wait, way) => {
    expect(await read(count, wait, way)).toEqual([])
  })

  test('causes no warning if it is replayed from storage', async () => {
    const { core, advice } = await firstPage()
    const body = responseBody(responseEvents(...words(50).map((_, index) => `${index} `)))
    const client = core.createCompletion({
      source: async () => {
        await pass(5000)
        return new Response(body, contentType('text/event-stream'))
      },
      resume: core.resumable({}),
    })
    const checkpoint = { responseId: 'resp_1', sequenceNumber: 3, lastEventId: undefined }
    expect((await client.start('', { checkpoint })).status).toBe('complete')
    expect(advice()).toEqual([])
    expect((await client.start('')).status).toBe('complete')
    expect(advice()).toHaveLength(1)
  })
})

describe('a stream with the wrong content type', () => {
  const ndjson = `${JSON.stringify(textChunk('Hi'))}\n${JSON.stringify(finishChunk())}\n`

  test.each([
    ['text/html; charset=utf-8', answer('Hi'), 'text/event-stream'],
    ['application/octet-stream', answer('Hi'), 'text/event-stream'],
    ['application/json', answer('Hi'), 'text/event-stream'],
    ['text/plain', answer('Hi'), 'text/event-stream'],
    ['text/plain', ndjson, 'application/x-ndjson'],
    ['text/html', 'Hello, plain text', 'text/plain'],
  ])('%s is read and causes a warning', async (type, body, right) => {
    const page = await firstPage()
    const { settled, request } = await page.answer(contentType(type))
    request.send(body)
    request.end()
    expect((await settled).status).toBe('complete')
    expect(page.advice()).toHaveLength(1)
    expect(page.advice()[0]).toContain(`has the content type '${type}'`)
    expect(page.advice()[0]).toContain(`'Content-Type: ${right}'`)
  })

  test('is also reported if the content type is missing', async () => {
    const page = await firstPage()
    const { settled, request } = await page.answer({ headers: {} })
    request.send(answer('Hi'))
    await settled
    expect(page.advice()).toMatchObject([expect.stringContaining('has no content type')])
  })

  test.each([
    ['text/event-stream; charset=utf-8', answer('Hi')],
    ['Text/Event-Stream', answer('Hi')],
    ['application/x-ndjson', ndjson],
    ['application/json', ndjson],
    ['application/jsonl; charset=utf-8', ndjson],
    ['text/plain; charset=utf-8', 'Hello'],
    ['text/markdown', 'Hello'],
  ])('%s is a correct content type', async (type, body) => {
    const page = await firstPage()
    const { settled, request } = await page.answer(contentType(type))
    request.send(body)
    request.end()
    expect((await settled).status).toBe('complete')
    expect(page.advice()).toEqual([])
  })

  test('an HTML page is an error and causes no warning', async () => {
    const page = await firstPage()
    const { settled, request } = await page.answer(contentType('text/html'))
    request.send('<!doctype html><title>Log in</title>')
    expect((await settled).error?.kind).toBe('protocol')
    expect(page.advice()).toEqual([])
  })

  test('a source without a response causes no warning', async () => {
    const { core, advice } = await firstPage()
    const body = new Response(answer('Hi')).body!
    expect((await core.readCompletion(body).result).status).toBe('complete')
    expect(advice()).toEqual([])
  })

  test('is reported once per page, whatever else goes wrong', async () => {
    const page = await firstPage()
    for (const type of ['text/html', 'application/octet-stream', 'text/html']) {
      const { settled, request } = await page.answer(contentType(type))
      request.send(answer('Hi'))
      await settled
    }
    expect(page.advice()).toHaveLength(1)
    const { settled, request } = await page.answer()
    request.send(doneMarker)
    await settled
    expect(page.advice()).toHaveLength(2)
  })
})

describe("a provider's secret in a request", () => {
  const key = 'sk-proj-abcDEF123456abcDEF123456'
  const plain = 'abcdef0123456789abcdef0123456789'

  async function send(options: object, input: object | string = 'Hi') {
    const { core, advice } = await firstPage()
    const fetch = async () => new Response(answer('Hi'), contentType('text/event-stream'))
    await core.createCompletion({ url: '/api', fetch, ...options }).start(input)
    return advice()
  }

  test.each([
    ["header 'authorization'", { headers: { Authorization: `Bearer ${key}` } }],
    ["header 'api-key'", { headers: { 'api-key': plain } }],
    ["header 'x-api-key'", { headers: new Headers({ 'X-Api-Key': plain }) }],
    ["header 'x-goog-api-key'", { headers: async () => [['x-goog-api-key', plain]] }],
    ['URL', { url: `/api?key=${key}` }],
    ['URL', { url: new URL(`https://api.test/v1?key=${key}`) }],
    ['body', { body: () => ({ options: { apiKey: key } }) }],
  ])('in its %s causes a warning that never quotes it', async (place, options) => {
    const advice = await send(options)
    expect(advice).toMatchObject([expect.stringContaining(`in its ${place}.`)])
    for (const secret of [key, plain]) {
      for (let start = 0; start + 6 <= secret.length; start++) {
        expect(advice[0]).not.toContain(secret.slice(start, start + 6))
      }
    }
  })

  test.each([
    ['a session token', { headers: { Authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x' } }],
    ['a short name', { headers: { 'x-api-key': 'demo' } }],
    ['a language', { url: '/api?lang=sk-SK', body: () => ({ lang: 'sk-SK' }) }],
    ['a text that mentions a key', { body: () => ({ input: `What is ${key} good for?` }) }],
    ['a form', { body: () => new URLSearchParams({ text: 'Hi' }) }],
  ])('%s is not a secret', async (_, options) => {
    expect(await send(options)).toEqual([])
  })

  describe('without a page', () => {
    afterEach(() => void vi.unstubAllGlobals())

    test('causes no warning', async () => {
      vi.stubGlobal('document', undefined)
      expect(await send({ headers: { Authorization: `Bearer ${key}` } })).toEqual([])
    })
  })
})

describe('an empty stream', () => {
  test('that ends with its marker is complete and causes a warning', async () => {
    const page = await firstPage()
    const { settled, request } = await page.answer()
    request.send(doneMarker)
    expect(await settled).toMatchObject({ status: 'complete', text: '', finishReason: undefined })
    expect(page.advice()).toMatchObject([
      expect.stringContaining('no content and no finish reason'),
    ])
  })

  test.each([
    ['with a finish reason, the model chose to say nothing', bodyOf(finishChunk(), doneMarker)],
    ['an answer with text is not empty', bodyOf(textChunk('Hi'), doneMarker)],
    ['without its marker it is an error', ': nothing\n\n'],
  ])('%s', async (_, body) => {
    const page = await firstPage()
    const { settled, request } = await page.answer()
    request.send(body)
    request.end()
    await settled
    expect(page.advice()).toEqual([])
  })

  test('that is aborted before any data arrives causes no warning', async () => {
    const { core, advice } = await firstPage()
    const client = core.createCompletion({ source: () => new Promise<never>(() => undefined) })
    const settled = client.start('')
    await turns()
    client.abort()
    await settled
    expect(advice()).toEqual([])
  })
})

test.each([': OPENROUTER PROCESSING', ': keep-alive', ':ping'])(
  "a comment sent as data (%s) is skipped and reported as a gateway's mistake",
  async (comment) => {
    const page = await firstPage()
    const { settled, request } = await page.answer()
    request.send(`data: ${comment}\n\n` + answer('Hi'))
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hi' })
    expect(page.advice()).toMatchObject([expect.stringContaining(comment)])
  },
)

test('plain text that begins with a colon causes no warning', async () => {
  const page = await firstPage()
  const { settled, request } = await page.answer(contentType('text/plain'))
  request.send(': yes and no\nThat is all.')
  request.end()
  expect(await settled).toMatchObject({ status: 'complete', text: ': yes and no\nThat is all.' })
  expect(page.advice()).toEqual([])
})

describe('there are no warnings', () => {
  afterEach(() => void vi.unstubAllEnvs())

  async function readBadly() {
    const page = await firstPage()
    const { settled, request } = await page.answer()
    request.send(`data: : ping\n\n${doneMarker}`)
    return { status: (await settled).status, advice: page.advice() }
  }

  test('in production', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(await readBadly()).toEqual({ status: 'complete', advice: [] })
  })

  test('but there are in a development build', async () => {
    expect((await readBadly()).advice).toHaveLength(2)
  })
})

describe('more streams at once than HTTP/1.1 has connections', () => {
  async function begin(count: number, endEarly = 0) {
    const { core, advice } = await firstPage()
    vi.stubGlobal('fetch', { toString: () => 'function fetch() { [native code] }' })
    const runs = Array.from({ length: count }, () =>
      core.createCompletion({ url: '/', fetch: () => new Promise(() => undefined) }),
    )
    for (const run of runs.slice(0, endEarly)) void run.start('')
    await turns()
    for (const run of runs.slice(0, endEarly)) run.abort()
    for (const run of runs.slice(endEarly)) void run.start('')
    await turns()
    for (const run of runs) run.abort()
    vi.unstubAllGlobals()
    return advice()
  }

  test('cause a warning that explains the fix', async () => {
    const advice = await begin(7)
    expect(advice).toHaveLength(1)
    expect(advice[0]).toContain('HTTP/2')
  })

  test('six cause no warning, nor do seven of which one has ended', async () => {
    expect(await begin(6)).toEqual([])
    expect(await begin(7, 1)).toEqual([])
  })

  test('cause no warning over HTTP/2', async () => {
    const entries = vi
      .spyOn(performance, 'getEntriesByType')
      .mockReturnValue([{ nextHopProtocol: 'h2' } as unknown as PerformanceEntry])
    expect(await begin(7)).toEqual([])
    entries.mockRestore()
  })
})
