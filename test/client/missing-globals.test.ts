import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCompletion, moderationGate, readCompletion, resumable } from '../../src/core.ts'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { turns } from './support/turns.ts'
import { responseBody } from './support/responses-stream.ts'
import { events, text as resumedText } from './support/resuming.ts'
import { createControlledFetch } from '../../src/testing.ts'

/** Globals that are missing in some supported environment, such as React Native. */
const globals = [
  'DOMException',
  'MessageChannel',
  'document',
  'window',
  'navigator',
  'addEventListener',
  'removeEventListener',
  'requestAnimationFrame',
  'reportError',
  'scheduler',
  'Event',
  'FormData',
  'Blob',
  'Intl',
  'matchMedia',
  'process',
] as const

afterEach(() => void vi.unstubAllGlobals())

/** Tests of the core, from the start of a run to each outcome. */
function coreSuite() {
  const begin = (options: object = {}) => {
    const { fetch, requests } = createControlledFetch()
    const completion = createCompletion<string>({ url: '/', fetch, ...options })
    return { ...completion, requests, settled: completion.start('a') }
  }
  const ready = async (options: object = {}) => {
    const run = begin(options)
    await turns()
    run.requests[0]!.respond()
    return run
  }

  test('a run completes', async () => {
    const { settled, requests } = await ready()
    requests[0]!.send(answer('Hello'))
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('a run is aborted, while connecting and while streaming', async () => {
    const early = begin()
    early.abort('early')
    expect(await early.settled).toMatchObject({ status: 'aborted', abortReason: 'early' })
    const { settled, requests, abort } = await ready()
    requests[0]!.send(textChunk('Hel'))
    await turns()
    abort()
    expect(await settled).toMatchObject({ status: 'aborted', text: 'Hel' })
  })

  test('a run is superseded', async () => {
    const { settled, start, reset } = begin()
    void start('b')
    expect((await settled).abortReason).toBe('superseded')
    reset()
  })

  test('a burst is read and published', async () => {
    const { settled, requests } = await ready({ onEvent: () => spend(1) })
    const pieces = Array.from({ length: 100 }, () => textChunk('word '.repeat(50)))
    requests[0]!.send(bodyOf(...pieces, finishChunk(), doneMarker))
    expect((await settled).text).toHaveLength(25_000)
  })

  test('a run times out', async () => {
    const { settled } = await ready({ timeouts: { idle: 5 } })
    expect(await settled).toMatchObject({ status: 'error', error: { kind: 'timeout' } })
  })

  test('a run is retried and resumed', async () => {
    const { settled, requests } = begin({
      retry: { attempts: 1, delay: 0 },
      resume: resumable({ url: () => '/again', delay: 0 }),
    })
    await turns()
    requests[0]!.fail()
    await until(() => requests.length === 2)
    requests[1]!.respond()
    await turns()
    requests[1]!.send(responseBody(events, 0, 4))
    await turns()
    requests[1]!.fail()
    await until(() => requests.length === 3)
    requests[2]!.respond()
    requests[2]!.send(responseBody(events, 4))
    expect(await settled).toMatchObject({ status: 'complete', text: resumedText })
  })

  test('a text is checked', async () => {
    const { settled, requests } = await ready({ moderate: moderationGate({ check: () => false }) })
    requests[0]!.send(answer('One. Two.'))
    expect(await settled).toMatchObject({ status: 'complete', text: 'One. Two.' })
  })

  test('an error of the server is read', async () => {
    const { settled, requests } = begin()
    await turns()
    requests[0]!.respond({ status: 401 })
    requests[0]!.send('{"error":{"message":"Who are you?"}}')
    requests[0]!.end()
    expect(await settled).toMatchObject({ error: { kind: 'http', message: 'Who are you?' } })
  })

  test('a response is read without a client', async () => {
    const response = new Response(answer('Hello'), {
      headers: { 'content-type': 'text/event-stream' },
    })
    expect((await readCompletion(response).result).text).toBe('Hello')
  })
}

describe('with all globals', coreSuite)

describe.each(globals)('without %s', (name) => {
  beforeEach(() => void vi.stubGlobal(name, undefined))
  coreSuite()
})

describe('as in React Native: without all of them', () => {
  beforeEach(() => {
    for (const name of globals) vi.stubGlobal(name, undefined)
  })
  coreSuite()
})

describe('a fetch whose bodies are async iterables, as in node-fetch', () => {
  let server: Server
  let url: string
  beforeAll(async () => {
    server = createServer((request, response) => {
      const isRefused = request.url === '/refused'
      response.writeHead(isRefused ? 401 : 200, {
        'content-type': isRefused ? 'application/json' : 'text/event-stream',
      })
      response.end(isRefused ? '{"error":{"message":"Who are you?"}}' : answer('Hello'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  /** The body as an iterable of bytes, without `getReader`. */
  async function iterableFetch(target: string | URL, init: RequestInit): Promise<Response> {
    const { signal: _, ...rest } = init
    const response = await globalThis.fetch(target, rest)
    const { status, statusText, headers, ok, url } = response
    async function* body() {
      const reader = response.body!.getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        yield Buffer.from(value)
      }
    }
    return {
      status,
      statusText,
      headers,
      ok,
      url,
      body: body(),
      bodyUsed: false,
    } as unknown as Response
  }

  test('reads an answer', async () => {
    const { start } = createCompletion<string>({ url, fetch: iterableFetch })
    expect(await start('a')).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('reads an error, and sends the request once', async () => {
    const fetch = vi.fn(iterableFetch)
    const { start } = createCompletion<string>({ url: `${url}/refused`, fetch, retry: 3 })
    expect(await start('a')).toMatchObject({
      error: { kind: 'http', status: 401, message: 'Who are you?' },
    })
    expect(fetch).toHaveBeenCalledOnce()
  })
})

function spend(milliseconds: number) {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

async function until(condition: () => boolean) {
  for (let turn = 0; turn < 200 && !condition(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
