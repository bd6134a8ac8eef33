import { describe, expect, test, vi } from 'vitest'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { trackedStream } from './support/tracked-stream.ts'
import { turns } from './support/turns.ts'

async function stateAfter(response: Response) {
  const { client } = observe({ fetch: async () => response })
  return client.start('a')
}

async function errorAfter(response: Response) {
  return errorOf(await stateAfter(response))
}

const html = '<!DOCTYPE html>\n<html><head><title>502</title></head><body>Bad gateway</body></html>'

describe('the message', () => {
  test.each([
    ['{ error: { message } }', { error: { message: 'No such model' } }],
    ["{ error: '…' }", { error: 'No such model' }],
    ['{ message }', { message: 'No such model' }],
    ['{ detail }', { detail: 'No such model' }],
    ['{ details }', { details: 'No such model' }],
    [
      '{ statusCode, error, message }',
      { statusCode: 404, error: 'Not Found', message: 'No such model' },
    ],
    ['{ error: null, message }', { error: null, message: 'No such model' }],
    ['{ error: {}, message }', { error: {}, message: 'No such model' }],
    ['a list of { error }', [{ error: { code: 404, message: 'No such model' } }]],
    [
      '{ errors: [{ message }] }',
      { success: false, errors: [{ code: 7, message: 'No such model' }] },
    ],
    ['{ errors: [text] }', { errors: ['No such model'] }],
    ['{ detail: [{ msg }] }', { detail: [{ loc: ['body', 'model'], msg: 'No such model' }] }],
    ['{ detail: { error } }', { detail: { error: 'No such model' } }],
    [
      '{ error: { metadata: { raw } } }, text',
      { error: { message: 'Provider returned error', metadata: { raw: 'No such model' } } },
    ],
    [
      '{ error: { metadata: { raw } } }, JSON',
      {
        error: {
          message: 'Provider returned error',
          metadata: { raw: '{"error":{"message":"No such model"}}' },
        },
      },
    ],
    ['{ error: { message: JSON } }', { error: { message: '{"message":"No such model"}' } }],
    ['{ base_resp }', { base_resp: { status_code: 1004, status_msg: 'No such model' } }],
    ['JSON that is text', 'No such model'],
  ])('is read from JSON of the shape %s', async (_, body) => {
    const error = await errorAfter(Response.json(body, { status: 404 }))
    expect(error).toMatchObject({ kind: 'http', status: 404, message: 'No such model', body })
  })

  test.each([
    ['{}', {}],
    ['{ error: {} }', { error: {} }],
    ['a list', [1, [], {}]],
    ['a detail without information', { detail: [{ loc: ['body'] }] }],
    ['a blank message', { error: { message: '  ' } }],
    ['null', null],
  ])('names the status if the JSON has no message: %s', async (_, body) => {
    const error = await errorAfter(
      Response.json(body, { status: 422, statusText: 'Unprocessable' }),
    )
    expect(error).toMatchObject({
      kind: 'http',
      status: 422,
      message: 'The server responded with 422 (Unprocessable).',
    })
  })

  test('contains the text of a short text body', async () => {
    const error = await errorAfter(new Response('upstream is down\n', { status: 503 }))
    expect(error.message).toBe('The server responded with 503: upstream is down')
    expect(error.body).toBe('upstream is down\n')
  })

  test('contains nothing of a long text body', async () => {
    const error = await errorAfter(new Response('long '.repeat(200), { status: 500 }))
    expect(error.message).toBe('The server responded with 500.')
  })

  test('names the status of an empty body', async () => {
    const error = await errorAfter(
      new Response(null, { status: 504, statusText: 'Gateway Timeout' }),
    )
    expect(error.message).toBe('The server responded with 504 (Gateway Timeout).')
    expect(error.body).toBeUndefined()
  })

  test.each([
    ['with its content type', html, { 'content-type': 'text/html; charset=utf-8' }],
    ['without a content type', html, {}],
    ['as text/plain', `\n  ${html}`, { 'content-type': 'text/plain' }],
    ['after some text', `Bad gateway: ${html}`, { 'content-type': 'text/plain' }],
    ['as JSON by its header', html, { 'content-type': 'application/json' }],
  ])('never contains markup: a page %s', async (_, body, headers) => {
    const response = new Response(new TextEncoder().encode(body), { status: 502, headers })
    const error = await errorAfter(response)
    expect(error).toMatchObject({ kind: 'http', status: 502 })
    expect(error.message).toBe('The server responded with 502 and an HTML page.')
    expect(error.body).toBe(body)
  })

  test('never contains markup that a proxy wrapped in JSON', async () => {
    const error = await errorAfter(Response.json({ error: { message: html } }, { status: 502 }))
    expect(error.message).not.toContain('<')
    expect(error.message).toContain('502')
  })
})

describe('the fields', () => {
  test("are the provider's", async () => {
    const body = {
      error: {
        message: 'Incorrect API key provided.',
        type: 'invalid_request_error',
        param: 'api_key',
        code: 'invalid_api_key',
      },
    }
    const error = await errorAfter(Response.json(body, { status: 401 }))
    expect(error).toMatchObject({
      name: 'CompletionError',
      kind: 'http',
      status: 401,
      message: 'Incorrect API key provided.',
      type: 'invalid_request_error',
      param: 'api_key',
      code: 'invalid_api_key',
      retryAfter: undefined,
      requestId: undefined,
      phase: undefined,
      body,
    })
  })

  test('the status is that of the response, whatever the body contains', async () => {
    const body = { error: { message: 'overloaded', code: 529 } }
    const error = await errorAfter(Response.json(body, { status: 503 }))
    expect(error).toMatchObject({ status: 503, code: '529' })
  })

  test.each([
    ['x-request-id', 'req_1'],
    ['request-id', 'req_2'],
  ])('the request id is that of the header %s', async (name, value) => {
    const body = { error: { message: 'no', request_id: 'from the body' } }
    const error = await errorAfter(Response.json(body, { status: 500, headers: { [name]: value } }))
    expect(error.requestId).toBe(value)
  })

  test('the request id is read from the body if no header has it', async () => {
    const body = { error: { message: 'no', request_id: 'from the body' } }
    expect((await errorAfter(Response.json(body, { status: 500 }))).requestId).toBe('from the body')
  })
})

describe('Retry-After', () => {
  const retryAfterOf = async (headers: HeadersInit) =>
    (await errorAfter(new Response(null, { status: 429, headers }))).retryAfter

  test('in seconds', async () => {
    expect(await retryAfterOf({ 'retry-after': '20' })).toBe(20_000)
  })

  test('as a date', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 1, 12, 0, 0) })
    const date = await retryAfterOf({ 'retry-after': 'Tue, 01 Jan 2030 12:00:30 GMT' })
    const past = await retryAfterOf({ 'retry-after': 'Tue, 01 Jan 2030 11:00:00 GMT' })
    vi.useRealTimers()
    expect(date).toBe(30_000)
    expect(past).toBe(0)
  })

  test('as retry-after-ms, which is exact and takes precedence', async () => {
    expect(await retryAfterOf({ 'retry-after-ms': '1500', 'retry-after': '2' })).toBe(1500)
  })

  test('is undefined for a meaningless value', async () => {
    expect(await retryAfterOf({})).toBeUndefined()
    expect(await retryAfterOf({ 'retry-after': 'soon' })).toBeUndefined()
    expect(await retryAfterOf({ 'retry-after-ms': 'soon', 'retry-after': '2' })).toBe(2000)
  })
})

describe('the body of the response', () => {
  test('is read only as far as an error needs, and then cancelled', async () => {
    let pulled = 0
    let cancelled = false
    const kilobyte = new TextEncoder().encode('x'.repeat(1024))
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(kilobyte)
      },
      cancel: () => void (cancelled = true),
    })
    const error = await errorAfter(new Response(endless, { status: 500 }))
    expect(error).toMatchObject({ kind: 'http', status: 500 })
    expect(pulled).toBeLessThan(100)
    expect(cancelled).toBe(true)
  })

  test('is cut to a bounded length even if it arrives in one piece', async () => {
    const error = await errorAfter(new Response('x'.repeat(1_000_000), { status: 500 }))
    expect(String(error.body).length).toBeLessThanOrEqual(65_536)
  })

  test('that breaks off does not hide the status or the part received so far', async () => {
    const tracked = trackedStream<Uint8Array>()
    const { client } = observe({
      fetch: async () => new Response(tracked.stream, { status: 503 }),
    })
    const settled = client.start('a')
    await turns()
    tracked.send(new TextEncoder().encode('try later'))
    await turns()
    tracked.fail(new TypeError('network error'))
    expect(errorOf(await settled)).toMatchObject({ kind: 'http', status: 503, body: 'try later' })
  })

  test('that has already been read does not hide the status', async () => {
    const response = Response.json({ error: { message: 'no' } }, { status: 401 })
    await response.text()
    expect(await errorAfter(response)).toMatchObject({ kind: 'http', status: 401 })
  })

  test('that is locked by another reader does not hide the status', async () => {
    const response = Response.json({ error: { message: 'no' } }, { status: 401 })
    response.body!.getReader()
    expect(await errorAfter(response)).toMatchObject({ kind: 'http', status: 401 })
  })

  test('is cancelled by an abort while it is read', async () => {
    const tracked = trackedStream<Uint8Array>()
    const { client } = observe({
      // A source that ignores its signal.
      source: () => new Response(tracked.stream, { status: 500 }),
    })
    const settled = client.start('a')
    await turns()
    client.abort()
    await turns()
    expect(await settled).toMatchObject({ status: 'aborted' })
    expect(tracked.cancelled).toBe(true)
  })
})

test('the run was never streaming, and has the time of the headers', async () => {
  const { client, published } = observe({
    fetch: async () => Response.json({ error: { message: 'no' } }, { status: 500 }),
  })
  const state = await client.start('a')
  expect(published.map(({ status }) => status)).toEqual(['connecting', 'error'])
  expect(state.timing.responseAt).toBeGreaterThanOrEqual(state.timing.startedAt)
  expect(state.timing.settledAt).toBeGreaterThanOrEqual(state.timing.responseAt!)
})
