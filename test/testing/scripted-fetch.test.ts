import { createCompletion, ollama, readCompletion } from 'use-streaming-completion/core'
import {
  completionStream,
  httpFailure,
  recordedStream,
  scriptedFetch,
  scriptedResponse,
  type FetchScript,
  type ScriptedRequest,
} from 'use-streaming-completion/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const completionOf = (script: FetchScript) =>
  createCompletion({ url: '/api', publish: 'sync', fetch: scriptedFetch(script) })

const chat = { format: 'openai-chat' } as const

test('chunks arrive after their delays, on a clock that a test can fake', async () => {
  const completion = completionOf(
    completionStream({ text: 'one two' }, { ...chat, delay: 100, responseDelay: 50 }),
  )
  const settled = completion.start('')
  await vi.advanceTimersByTimeAsync(49)
  expect(completion.getState().status).toBe('connecting')
  await vi.advanceTimersByTimeAsync(1)
  expect(completion.getState().status).toBe('streaming')
  await vi.advanceTimersByTimeAsync(199)
  expect(completion.getState().text).toBe('')
  await vi.advanceTimersByTimeAsync(1)
  expect(completion.getState().text).toBe('one')
  await vi.advanceTimersByTimeAsync(100)
  expect(completion.getState().text).toBe('one two')
  await vi.advanceTimersByTimeAsync(1000)
  expect(await settled).toMatchObject({ status: 'complete' })
  expect(vi.getTimerCount()).toBe(0)
})

test('a delay may depend on the chunk', () => {
  const { steps } = completionStream({ text: 'a b' }, { format: 'text', delay: (i) => i * 10 })
  expect(steps.map(({ delay }) => delay)).toEqual([0, 10])
})

test('a stalled body stays open until it is aborted', async () => {
  const completion = completionOf(
    completionStream({ text: 'one two' }, { ...chat, stopAfter: 2, end: 'stall' }),
  )
  const settled = completion.start('')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(completion.getState()).toMatchObject({ status: 'streaming', text: 'one' })
  completion.abort()
  expect(await settled).toMatchObject({ status: 'aborted', text: 'one' })
})

test.each([
  ['before the response', 20],
  ['between two chunks', 80],
])('an abort %s leaves no timer behind', async (_, time) => {
  const completion = completionOf(
    completionStream({ text: 'one two' }, { ...chat, delay: 30, responseDelay: 50 }),
  )
  const settled = completion.start('')
  await vi.advanceTimersByTimeAsync(time)
  completion.abort()
  expect(await settled).toMatchObject({ status: 'aborted' })
  await vi.advanceTimersByTimeAsync(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('a list has one script per request, the last of which repeats', async () => {
  const completion = completionOf([
    new TypeError('Failed to fetch'),
    httpFailure(503),
    completionStream({ text: 'at last' }),
  ])
  expect(await completion.start('')).toMatchObject({ error: { kind: 'network', phase: 'connect' } })
  expect(await completion.retry()).toMatchObject({ error: { kind: 'http', status: 503 } })
  expect(await completion.retry()).toMatchObject({ status: 'complete', text: 'at last' })
  expect(await completion.retry()).toMatchObject({ status: 'complete', text: 'at last' })
})

test('a function receives the request', async () => {
  const seen: ScriptedRequest[] = []
  const completion = completionOf((request) => {
    seen.push(request)
    return completionStream({ text: request.init.body as string }, { format: 'text' })
  })
  expect(await completion.start({ input: 'x' })).toMatchObject({ text: '{"input":"x"}' })
  expect(seen).toMatchObject([{ url: '/api', index: 0, init: { method: 'POST' } }])
})

test('an HTTP failure has its status, its body and its headers', async () => {
  const body = { error: { message: 'Too many requests', code: 'rate_limit_exceeded' } }
  const completion = completionOf(httpFailure(429, body, { 'retry-after': '2' }))
  expect(await completion.start('')).toMatchObject({
    status: 'error',
    error: { status: 429, message: 'Too many requests', retryAfter: 2000 },
  })
  const plain = completionOf(httpFailure(502, 'Bad gateway'))
  expect(await plain.start('')).toMatchObject({ error: { body: 'Bad gateway' } })
})

test('a response whose status allows no body has none', () => {
  expect(scriptedResponse({ status: 204, steps: [] }).body).toBeNull()
})

test.each(['\n', '\r\n', '\r'])('a recording with %j is cut after each event', async (line) => {
  const event = (data: object | string) =>
    `data: ${typeof data === 'string' ? data : JSON.stringify(data)}${line}${line}`
  const body =
    `: a comment${line}${line}` +
    event({ choices: [{ index: 0, delta: { content: 'Hello' } }] }) +
    event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) +
    event('[DONE]')
  const stream = recordedStream(body)
  expect(stream.steps.map(({ send }) => send).join('')).toBe(body)
  expect(stream.steps).toHaveLength(4)
  vi.useRealTimers()
  const { result } = readCompletion(scriptedResponse(stream))
  expect(await result).toMatchObject({ status: 'complete', text: 'Hello' })
})

test('a recording of newline-delimited JSON is cut at its lines', async () => {
  const body =
    '{"message":{"content":"Hel"},"done":false}\r\n{"message":{"content":"lo"},"done":false}\n{"done":true,"done_reason":"stop"}'
  const stream = recordedStream(body, { contentType: 'application/x-ndjson' })
  expect(stream.steps.map(({ send }) => send)).toEqual(body.match(/.+\s*/g))
  vi.useRealTimers()
  const { result } = readCompletion(scriptedResponse(stream), { format: ollama })
  expect(await result).toMatchObject({ status: 'complete', text: 'Hello' })
})

test('it can stand in for the global fetch, and takes a Request too', async () => {
  const urls: string[] = []
  const fetch: typeof globalThis.fetch = scriptedFetch(({ url }) => {
    urls.push(url)
    return completionStream({ text: 'Hello' })
  })
  await fetch('https://app.example/a')
  await fetch(new Request('https://app.example/b'))
  expect(urls).toEqual(['https://app.example/a', 'https://app.example/b'])
  const { signal } = new Request('https://app.example/c', { signal: AbortSignal.abort('gone') })
  await expect(fetch(new Request('https://app.example/c', { signal }))).rejects.toBe('gone')
})
