import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCompletion, type CompletionOptions } from '../../src/core.ts'
import { answer, bodyOf, textChunk } from './support/chat.ts'

/** Globals that React Native 0.88 lacks and this package uses if they exist. */
const missing = [
  'DOMException',
  'MessageChannel',
  'ReadableStream',
  'TransformStream',
  'addEventListener',
  'document',
  'removeEventListener',
  'reportError',
  'structuredClone',
]

beforeEach(() => {
  vi.useFakeTimers()
  for (const name of missing) vi.stubGlobal(name, undefined)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A response like those of fetch implementations for React Native: a readable body and little else. */
function responseOf(pieces: string[], signal: AbortSignal, end: 'close' | 'stall') {
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece))
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The request was canceled.')))
  })
  aborted.catch(() => {})
  const read = () => {
    const value = bytes.shift()
    if (value) return Promise.resolve({ done: false, value })
    return end === 'close' ? Promise.resolve({ done: true, value: undefined }) : aborted
  }
  const cancel = vi.fn(() => Promise.resolve())
  const reader = { read, cancel, releaseLock: () => {}, closed: new Promise<never>(() => {}) }
  const headers = new Headers({ 'content-type': 'text/event-stream' })
  const body = { locked: false, getReader: () => reader, cancel }
  return { ok: true, status: 200, url: 'https://app.example/api', headers, body, bodyUsed: false }
}

function start(
  pieces: string[],
  end: 'close' | 'stall',
  options: Partial<CompletionOptions<string>> = {},
) {
  const completion = createCompletion<string>({
    url: 'https://app.example/api',
    fetch: (_, { signal }) =>
      Promise.resolve(responseOf(pieces, signal!, end) as unknown as Response),
    ...options,
  })
  return { completion, settled: completion.start('Hi') }
}

test('an answer is read to its end', async () => {
  const { settled } = start([bodyOf(textChunk('Hel')), answer('lo')], 'close')
  await vi.runAllTimersAsync()
  expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
})

test('an abort keeps the text', async () => {
  const { completion, settled } = start([bodyOf(textChunk('Hel'))], 'stall')
  await vi.advanceTimersByTimeAsync(100)
  completion.abort()
  expect(await settled).toMatchObject({ status: 'aborted', text: 'Hel' })
})

test('a timeout keeps the text', async () => {
  const { settled } = start([bodyOf(textChunk('Hel'))], 'stall', { timeouts: { idle: 50 } })
  await vi.advanceTimersByTimeAsync(200)
  const state = await settled
  expect(state).toMatchObject({ status: 'error', text: 'Hel' })
  expect(state.error?.kind).toBe('timeout')
})

test('an error thrown by a callback is reported, and the run settles', async () => {
  const onFinish = () => {
    throw new Error('of the app')
  }
  const { settled } = start([bodyOf(textChunk('Hel'))], 'close', { onFinish })
  await expect(vi.advanceTimersByTimeAsync(10)).rejects.toThrow('of the app')
  expect((await settled).error?.kind).toBe('truncated')
})

describe("React Native's own fetch, whose responses have no readable body", () => {
  const fetchOf = (status: number, text: string, headers: HeadersInit) => () =>
    Promise.resolve({
      ok: status < 400,
      status,
      statusText: '',
      headers: new Headers(headers),
      bodyUsed: false,
      text: () => Promise.resolve(text),
    } as unknown as Response)

  test('an answer is an error that names the fix', async () => {
    const fetch = fetchOf(200, answer('Hello'), { 'content-type': 'text/event-stream' })
    const state = await start([], 'close', { fetch }).settled
    expect(state.error?.kind).toBe('protocol')
    expect(state.error?.message).toMatch(/React Native.+pass a fetch that does/)
  })

  test("a rate limit is an error with the server's message", async () => {
    const body = JSON.stringify({ error: { message: 'Slow down.' } })
    const fetch = fetchOf(429, body, { 'retry-after': '2' })
    const state = await start([], 'close', { fetch }).settled
    const { kind, status, retryAfter, message } = state.error!
    expect({ kind, status, retryAfter, message }).toEqual({
      kind: 'http',
      status: 429,
      retryAfter: 2000,
      message: 'Slow down.',
    })
  })
})
