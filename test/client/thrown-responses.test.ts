import { describe, expect, test, vi } from 'vitest'
import { bodyOf, eventStream, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'

/** Like `HTTPError` of ky and `FetchError` of ofetch, which are thrown for error statuses. */
function failure(response: Response, data?: unknown) {
  return Object.assign(new Error('Request failed with status code 429'), { response, data })
}

const json = { headers: { 'content-type': 'application/json', 'retry-after': '2' }, status: 429 }
const slowDown = JSON.stringify({ error: { message: 'Slow down', code: 'rate_limit' } })

describe('a fetch that throws for a status, with the response on the error', () => {
  test('reports the status, the message and the delay of an unread body', async () => {
    const onResponse = vi.fn()
    const { client } = observe({
      fetch: () => Promise.reject(failure(new Response(slowDown, json))),
      onResponse,
    })
    expect(errorOf(await client.start('a'))).toMatchObject({
      kind: 'http',
      status: 429,
      message: 'Slow down',
      code: 'rate_limit',
      retryAfter: 2000,
    })
    expect(onResponse).toHaveBeenCalledOnce()
  })

  test.each([
    ['parsed', JSON.parse(slowDown) as unknown],
    ['text', slowDown],
  ])('reports the same if the client has read the body: its data, %s', async (_, data) => {
    const response = new Response(slowDown, json)
    await response.text()
    const { client } = observe({ fetch: () => Promise.reject(failure(response, data)) })
    expect(errorOf(await client.start('a'))).toMatchObject({
      kind: 'http',
      status: 429,
      message: 'Slow down',
      retryAfter: 2000,
    })
  })

  test('reports the status if the body was read and not kept', async () => {
    const response = new Response('gone', { status: 500 })
    await response.text()
    const { client } = observe({ fetch: () => Promise.reject(failure(response)) })
    expect(errorOf(await client.start('a'))).toMatchObject({ kind: 'http', status: 500 })
  })

  test('does not resend a rejected request', async () => {
    const send = vi.fn(() => Promise.reject(failure(new Response('', { status: 401 }))))
    const { client } = observe({ fetch: send, retry: { attempts: 2, delay: 0 } })
    expect(errorOf(await client.start('a'))).toMatchObject({ kind: 'http', status: 401 })
    expect(send).toHaveBeenCalledOnce()
  })

  test('does not read a successful response: the error has another cause', async () => {
    const response = eventStream(bodyOf(textChunk('Hello')))
    const { client } = observe({ fetch: () => Promise.reject(failure(response)) })
    const state = await client.start('a')
    expect(errorOf(state)).toMatchObject({ kind: 'network', phase: 'connect' })
    expect(state.text).toBe('')
  })

  test('is a network error if the error has no response', async () => {
    const thrown = Object.assign(new Error('Request timed out'), { response: undefined })
    const { client } = observe({ fetch: () => Promise.reject(thrown) })
    expect(errorOf(await client.start('a'))).toMatchObject({ kind: 'network', phase: 'connect' })
  })
})
