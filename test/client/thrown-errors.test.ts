import OpenAI, { APIError } from 'openai'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { CompletionError, isCompletionError } from '../../src/core.ts'
import { bodyOf, eventStream, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

describe('a request that fails', () => {
  test.each([
    ['Chromium', new TypeError('Failed to fetch')],
    ['Firefox', new TypeError('NetworkError when attempting to fetch resource.')],
    ['WebKit', new TypeError('Load failed')],
    ['an error of an unusual type', Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' })],
  ])("is a network error of the phase 'connect', with the message of %s", async (_, thrown) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { client, requests } = observe()
    const settled = client.start('a')
    await turns()
    requests[0]!.fail(thrown)
    await turns()
    // WebKit's error may be the first sign that the page is being left.
    await vi.advanceTimersByTimeAsync(100)
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'network', phase: 'connect', status: undefined })
    expect(errorOf(state).message).toContain(thrown.message)
    expect(errorOf(state).cause).toMatchObject({ name: thrown.name, message: thrown.message })
  })

  test("has the phase 'body' once the headers have arrived, and the text is kept", async () => {
    const { client, requests } = observe()
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('Hel'))
    await turns()
    requests[0]!.fail(new TypeError('Error in input stream'))
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'network', phase: 'body' })
    expect(errorOf(state).message).toContain('Error in input stream')
    expect(state.text).toBe('Hel')
  })
})

describe('an error that a source throws', () => {
  test('synchronously is in the state, and start does not throw', async () => {
    const { client } = observe({
      source() {
        throw new Error('not signed in')
      },
    })
    const error = errorOf(await client.start('a'))
    expect(error).toMatchObject({ kind: 'network', phase: 'connect' })
    expect(error.message).toContain('not signed in')
  })

  test.each([
    ['a string', 'offline', 'offline'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'object'],
    ['an object', { reason: 'offline' }, 'object'],
  ])('%s that is not an error is wrapped in one', async (_, thrown, said) => {
    const { client } = observe({ source: () => Promise.reject(thrown as unknown as Error) })
    const error = errorOf(await client.start('a'))
    expect(error).toBeInstanceOf(CompletionError)
    expect(error).toMatchObject({ kind: 'network', phase: 'connect' })
    expect(error.cause).toBeInstanceOf(Error)
    expect((error.cause as Error).message).toContain(said)
  })

  test('an error from another window, which is not an instance of Error here, keeps its message', async () => {
    const foreign = { name: 'TypeError', message: 'Failed to fetch', stack: 'TypeError: …' }
    const { client } = observe({ source: () => Promise.reject(foreign as Error) })
    const error = errorOf(await client.start('a'))
    expect(error.message).toContain('Failed to fetch')
    expect(error.cause).toMatchObject({ name: 'TypeError', message: 'Failed to fetch' })
  })

  test('a CompletionError is the error of the state', async () => {
    const own = new CompletionError({ kind: 'protocol', message: 'no stream' })
    const { client } = observe({ source: () => Promise.reject(own) })
    expect(errorOf(await client.start('a'))).toBe(own)
  })

  test('the chain of causes is kept, and an endless chain is cut', async () => {
    const inner = new Error('certificate expired')
    const outer = new TypeError('fetch failed', { cause: inner })
    inner.cause = outer
    const { client } = observe({ source: () => Promise.reject(outer) })
    const error = errorOf(await client.start('a'))
    expect(error.cause).toMatchObject({
      message: 'fetch failed',
      cause: { message: 'certificate expired' },
    })
    let depth = 0
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) depth++
    expect(depth).toBeLessThan(10)
  })

  test('an async generator that throws is a network error of the body, and the text is kept', async () => {
    const { client } = observe({
      async *source() {
        yield textChunk('Hel')
        throw new Error('socket hang up')
      },
    })
    const state = await client.start('a')
    expect(errorOf(state)).toMatchObject({ kind: 'network', phase: 'body' })
    expect(state.text).toBe('Hel')
  })
})

describe('an APIError of the openai package', () => {
  function openaiWith(response: () => Response) {
    const openai = new OpenAI({
      apiKey: 'unused',
      dangerouslyAllowBrowser: true,
      maxRetries: 0,
      fetch: async () => response(),
    })
    return observe<string>({
      source: (content) =>
        openai.chat.completions.create({
          model: 'gpt-5',
          messages: [{ role: 'user', content }],
          stream: true,
        }),
    })
  }

  test('with a status has the kind http and the fields of the provider', async () => {
    const error = {
      message: 'You exceeded your current quota.',
      type: 'insufficient_quota',
      param: null,
      code: 'insufficient_quota',
    }
    const { client } = openaiWith(() =>
      Response.json({ error }, { status: 429, headers: { 'x-request-id': 'req_1' } }),
    )
    expect(errorOf(await client.start('Hi'))).toMatchObject({
      kind: 'http',
      status: 429,
      message: 'You exceeded your current quota.',
      code: 'insufficient_quota',
      type: 'insufficient_quota',
      requestId: 'req_1',
      body: error,
    })
  })

  test('inside the stream has the kind api, and the text is kept', async () => {
    const error = { message: 'The server had an error', type: 'server_error', code: 'internal' }
    const { client } = openaiWith(() => eventStream(bodyOf(textChunk('Hel'), { error })))
    const state = await client.start('Hi')
    expect(errorOf(state)).toMatchObject({
      kind: 'api',
      message: 'The server had an error',
      type: 'server_error',
      code: 'internal',
      status: undefined,
    })
    expect(state.text).toBe('Hel')
  })

  test('for a failed connection has the kind network', async () => {
    const { client } = openaiWith(() => {
      throw new TypeError('Failed to fetch')
    })
    expect(errorOf(await client.start('Hi'))).toMatchObject({ kind: 'network', phase: 'connect' })
  })

  test('never passes its headers to the cause', async () => {
    const thrown = APIError.generate(
      401,
      { error: { message: 'Incorrect API key' } },
      undefined,
      new Headers({ 'set-cookie': 'session=secret' }),
    )
    const { client } = observe({ source: () => Promise.reject(thrown) })
    const { cause } = errorOf(await client.start('a'))
    expect(cause).toMatchObject({ message: expect.stringContaining('Incorrect API key') as string })
    expect(cause).not.toHaveProperty('headers')
  })
})

test('an error of another copy of the package is recognised by its name', () => {
  const foreign = Object.assign(new Error('x'), { name: 'CompletionError' })
  expect(isCompletionError(foreign)).toBe(true)
  expect(isCompletionError(new Error('x'))).toBe(false)
  expect(isCompletionError({ name: 'CompletionError' })).toBe(false)
})
