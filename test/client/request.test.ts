import { describe, expect, test } from 'vitest'
import type { CompletionOptions } from '../../src/core.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answerResponse } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

/** Returns the request for an input. */
async function send<Input>(input: Input, options: Partial<CompletionOptions<Input>> = {}) {
  const { fetch, requests } = createControlledFetch()
  const { client } = observe<Input>({ url: '/api/completion', fetch, ...options })
  void client.start(input)
  await turns()
  const { url, init } = requests[0]!
  const { body } = init
  return { url, init, body, headers: Object.fromEntries(new Headers(init.headers)) }
}

const accept = 'text/event-stream, application/x-ndjson, application/json, text/plain'

describe('by default', () => {
  test('the request is a POST to the url, with same-origin credentials', async () => {
    const { url, init } = await send('Hi')
    expect(url).toBe('/api/completion')
    expect(init.method).toBe('POST')
    // Left to fetch, whose own default is 'same-origin'.
    expect(init).not.toHaveProperty('credentials')
  })

  test('the request has no headers except Content-Type and Accept', async () => {
    const { headers } = await send('Hi')
    expect(headers).toEqual({ accept, 'content-type': 'application/json' })
  })

  test('fetch receives no other options', async () => {
    const { init } = await send('Hi')
    expect(Object.keys(init).sort()).toEqual(['body', 'headers', 'method', 'signal'])
  })
})

describe('the body', () => {
  test('a string is sent as { input }', async () => {
    expect((await send('Hi "there"')).body).toBe('{"input":"Hi \\"there\\""}')
  })

  test.each([
    ['an object', { model: 'gpt-5', stream: true }, '{"model":"gpt-5","stream":true}'],
    ['an array', [1, 'two'], '[1,"two"]'],
    ['a number', 7, '7'],
    ['null', null, 'null'],
  ])('%s is sent as JSON', async (_, input, body) => {
    const sent = await send<unknown>(input)
    expect(sent.body).toBe(body)
    expect(sent.headers['content-type']).toBe('application/json')
  })

  const form = new FormData()
  form.set('input', 'Hi')

  test.each<[string, unknown]>([
    ['FormData', form],
    ['a Blob', new Blob(['Hi'], { type: 'text/plain' })],
    ['URLSearchParams', new URLSearchParams({ input: 'Hi' })],
    ['a typed array', new Uint8Array([1, 2, 3])],
    ['a DataView', new DataView(new ArrayBuffer(4))],
    ['an ArrayBuffer', new ArrayBuffer(4)],
  ])('%s is sent unchanged, with the content type set by fetch', async (_, input) => {
    const { body, headers } = await send(input)
    expect(body).toBe(input)
    expect(headers).toEqual({ accept })
  })

  test('undefined sends no body', async () => {
    const { init, headers } = await send(undefined)
    expect(init).not.toHaveProperty('body')
    expect(headers).toEqual({ accept })
  })

  test('a stream is sent unchanged, with the duplex option that fetch requires', async () => {
    const stream = new ReadableStream()
    const { init, body } = await send(stream)
    expect(body).toBe(stream)
    expect(() => new Request('https://example.com', init)).not.toThrow()
  })

  describe('from body()', () => {
    test('the result is sent as JSON', async () => {
      const { body } = await send('Hi', { body: (prompt) => ({ prompt, n: 1 }) })
      expect(body).toBe('{"prompt":"Hi","n":1}')
    })

    test('a string is sent unchanged', async () => {
      const { body, headers } = await send('Hi', { body: (prompt) => `{"raw":"${prompt}"}` })
      expect(body).toBe('{"raw":"Hi"}')
      expect(headers['content-type']).toBe('application/json')
    })

    test('FormData is sent unchanged', async () => {
      const { body, headers } = await send('Hi', { body: () => form })
      expect(body).toBe(form)
      expect(headers).toEqual({ accept })
    })

    test('the function may be async', async () => {
      expect((await send('Hi', { body: async (prompt) => ({ prompt }) })).body).toBe(
        '{"prompt":"Hi"}',
      )
    })

    test('an error that it throws fails the run before anything is sent', async () => {
      const { client, requests } = observe({
        body() {
          throw new Error('no prompt')
        },
      })
      const error = errorOf(await client.start('Hi'))
      expect(error.kind).toBe('app')
      expect(error.message).toContain('no prompt')
      expect(requests).toHaveLength(0)
    })
  })

  test.each(['GET', 'get', 'HEAD'])('%s has no body', async (method) => {
    let mapped = 0
    const { init, headers } = await send('Hi', { method, body: () => mapped++ })
    expect(init).not.toHaveProperty('body')
    expect(init.method).toBe(method)
    expect(headers).toEqual({ accept })
    expect(mapped).toBe(0)
  })

  test.each([
    ['GET', 'no-store'],
    ['POST', undefined],
  ])('a %s has the cache mode %s', async (method, cache) => {
    expect((await send('Hi', { method })).init.cache).toBe(cache)
  })
})

describe('the headers', () => {
  test.each<[string, HeadersInit]>([
    ['an object', { authorization: 'token', 'X-Trace': '1' }],
    ['Headers', new Headers({ authorization: 'token', 'x-trace': '1' })],
    [
      'pairs',
      [
        ['authorization', 'token'],
        ['x-trace', '1'],
      ],
    ],
  ])('may be %s', async (_, headers) => {
    expect((await send('Hi', { headers })).headers).toEqual({
      accept,
      'content-type': 'application/json',
      authorization: 'token',
      'x-trace': '1',
    })
  })

  test('of the app override those of the package', async () => {
    const { headers } = await send('Hi', {
      headers: { Accept: 'text/plain', 'Content-Type': 'application/vnd.app+json' },
    })
    expect(headers).toEqual({ accept: 'text/plain', 'content-type': 'application/vnd.app+json' })
  })

  test('of the app are not modified', async () => {
    const headers = new Headers({ 'x-trace': '1' })
    await send('Hi', { headers })
    expect(Object.fromEntries(headers)).toEqual({ 'x-trace': '1' })
  })
})

describe('the url', () => {
  test('may be a URL', async () => {
    const url = new URL('https://example.com/api?x=1')
    expect((await send('Hi', { url })).url).toBe('https://example.com/api?x=1')
  })

  test('may be a function of the input', async () => {
    const { url } = await send({ id: 7 }, { url: ({ id }) => `/api/${id}` })
    expect(url).toBe('/api/7')
  })

  test('may be empty, for the page itself', async () => {
    expect((await send('Hi', { url: '' })).url).toBe('')
  })
})

describe('fetch', () => {
  test('is the current global one by default', async () => {
    const { fetch } = globalThis
    const { client } = observe({ url: '/api', fetch: undefined })
    let asked: unknown
    globalThis.fetch = async (url) => {
      asked = url
      return answerResponse('Hello')
    }
    const state = await client.start('Hi')
    globalThis.fetch = fetch
    expect(asked).toBe('/api')
    expect(state).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('receives the signal of the run', async () => {
    const { init } = await send('Hi')
    expect(init.signal).toBeInstanceOf(AbortSignal)
    expect(init.signal!.aborted).toBe(false)
  })

  test('is not called if there is a source', async () => {
    let asked = 0
    const { client } = observe({
      source: () => answerResponse('Hello'),
      url: '/api',
      fetch: async () => {
        asked++
        return answerResponse('wrong')
      },
    })
    expect(await client.start('Hi')).toMatchObject({ text: 'Hello' })
    expect(asked).toBe(0)
  })

  test('may provide its own Response', async () => {
    const { body, headers } = answerResponse('Hello')
    const { client } = observe({
      fetch: async () => ({ ok: true, status: 200, body, headers, bodyUsed: false }) as Response,
    })
    expect(await client.start('Hi')).toMatchObject({ status: 'complete', text: 'Hello' })
  })
})
