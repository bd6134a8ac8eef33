import { beforeEach, describe, expect, test, vi } from 'vitest'
import { bodyOf, textChunk, answer } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { pass } from './support/fake-time.ts'
import { setPageVisibility } from './support/hide-page.ts'
import { observe } from './support/observe.ts'
import { answerWith, complete, started } from './support/retrying.ts'
import { stopTheWaits } from './support/stop-the-waits.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheWaits)

test('nothing is retried unless the app asks for it', async () => {
  const { client, requests } = observe()
  const settled = client.start('a')
  await turns()
  answerWith(requests[0]!, 503)
  expect(errorOf(await settled)).toMatchObject({ kind: 'http', status: 503 })
  await pass(100_000)
  expect(requests).toHaveLength(1)
})

describe('what is retried', () => {
  test.each([408, 409, 425, 429, 500, 502, 503, 504])('a status of %d', async (status) => {
    const { request, settled } = await started(1)
    answerWith(request(0), status)
    await pass(1000)
    await complete(request(1))
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hello', attempt: 2 })
  })

  test.each([400, 401, 403, 404, 422, 501])('not a status of %d', async (status) => {
    const { request, requests, settled } = await started(1)
    answerWith(request(0), status)
    expect(errorOf(await settled)).toMatchObject({ status, kind: 'http' })
    await pass(100_000)
    expect(requests).toHaveLength(1)
  })

  test('the statuses that the app names, and no others', async () => {
    const { request, settled } = await started({ attempts: 5, statuses: [404] })
    answerWith(request(0), 404)
    await pass(1000)
    answerWith(request(1), 503)
    expect(errorOf(await settled).status).toBe(503)
  })

  test('not an exhausted quota, which has the same status as a rate limit', async () => {
    const { request, settled } = await started(3)
    request(0).respond({ status: 429 })
    request(0).send(JSON.stringify({ error: { message: 'no', code: 'insufficient_quota' } }))
    request(0).end()
    expect(errorOf(await settled).code).toBe('insufficient_quota')
  })

  test('a failure to connect', async () => {
    const { request, settled } = await started(1)
    request(0).fail()
    await pass(1000)
    await complete(request(1))
    expect((await settled).status).toBe('complete')
  })

  test("not a connection that broke after the headers: the model may be running at the user's cost", async () => {
    const { request, requests, settled } = await started(1)
    request(0).respond()
    await turns()
    request(0).fail()
    expect(errorOf(await settled)).toMatchObject({ kind: 'network', phase: 'body' })
    await pass(100_000)
    expect(requests).toHaveLength(1)
  })

  test('not a stream that ended early', async () => {
    const { request, settled } = await started(1)
    request(0).respond()
    request(0).end()
    expect(errorOf(await settled).kind).toBe('truncated')
  })

  test.each(['response', 'firstToken'] as const)('a %s timeout', async (name) => {
    const { request, settled } = await started(1, { timeouts: { [name]: 5000 } })
    if (name === 'firstToken') request(0).respond()
    await pass(5001)
    expect(request(0).closedByClient).toBe(true)
    await pass(1000)
    await complete(request(1))
    expect((await settled).status).toBe('complete')
  })

  test('neither an idle nor a total timeout', async () => {
    for (const name of ['idle', 'total'] as const) {
      const { request, settled } = await started(1, { timeouts: { [name]: 5000 } })
      request(0).respond()
      await pass(5001)
      expect(errorOf(await settled)).toMatchObject({ timeout: name })
    }
  })

  test.each([
    ['with a status to retry after', { error: { message: 'no', code: 503 } }],
    ['of the rate', { error: { message: 'no', code: 'rate_limit_exceeded' } }],
    ['of the server', { error: { message: 'no', type: 'server_error' } }],
    ['of an overload', { type: 'error', error: { type: 'overloaded_error', message: 'no' } }],
    [
      'in a failed response',
      {
        type: 'response.failed',
        response: { id: 'resp_1', error: { code: 'server_error', message: 'no' } },
      },
    ],
  ])('an error in the stream %s, before any content', async (_, event) => {
    const { request, settled } = await started(1)
    request(0).respond()
    request(0).send(event)
    await pass(1000)
    await complete(request(1))
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('not a permanent error in the stream', async () => {
    const { request, settled } = await started(1)
    request(0).respond()
    request(0).send({ error: { message: 'no', type: 'invalid_request_error' } })
    expect(errorOf(await settled).kind).toBe('api')
  })

  test('nothing once content has arrived', async () => {
    const { request, requests, settled } = await started(3)
    request(0).respond()
    request(0).send(textChunk('Hel'))
    await turns()
    request(0).send({ error: { message: 'no', code: 'server_error' } })
    const state = await settled
    expect(errorOf(state).kind).toBe('api')
    expect(state.text).toBe('Hel')
    await pass(100_000)
    expect(requests).toHaveLength(1)
  })

  test('not an HTML page', async () => {
    const { request, settled } = await started(1)
    request(0).respond({ headers: { 'content-type': 'text/html' } })
    request(0).send('<!doctype html><title>Log in</title>')
    expect(errorOf(await settled).kind).toBe('protocol')
  })
})

describe('a second attempt', () => {
  test('evaluates url, headers and body again', async () => {
    let token = 0
    const { request } = await started(1, {
      url: () => `/api/${token}`,
      headers: async () => ({ authorization: `Bearer ${++token}` }),
      body: (input) => ({ input, token }),
    })
    answerWith(request(0), 503)
    await pass(1000)
    const sent = [request(0), request(1)].map(({ url, init }) => [
      url,
      new Headers(init.headers).get('authorization'),
      init.method,
    ])
    expect(sent).toEqual([
      ['/api/0', 'Bearer 1', 'POST'],
      ['/api/1', 'Bearer 2', 'POST'],
    ])
  })

  test('calls the source again, with the number of the attempt', async () => {
    const attempts: unknown[] = []
    const { client } = observe({
      retry: 2,
      source: (_, { attempt, resumeFrom, signal }) => {
        attempts.push([attempt, resumeFrom, signal.aborted])
        throw new Error('no')
      },
    })
    const settled = client.start('a')
    await pass(1000)
    await pass(2000)
    await settled
    expect(attempts).toEqual([
      [1, undefined, false],
      [2, undefined, false],
      [3, undefined, false],
    ])
  })

  test('keeps nothing of the first: neither its id nor its format nor its timing', async () => {
    const { request, settled, state } = await started(1)
    request(0).respond()
    await pass(10)
    request(0).send({
      type: 'response.created',
      response: { id: 'resp_1', model: 'gpt-1', status: 'in_progress' },
    })
    await pass(500)
    request(0).send({ type: 'error', code: 'server_error', message: 'no' })
    await turns()
    expect(state()).toMatchObject({ responseId: undefined, model: undefined })
    expect(state().timing).toMatchObject({ responseAt: undefined, lastByteAt: undefined })
    await pass(1000)
    const secondAt = performance.now()
    request(1).respond()
    await pass(5)
    request(1).send(answer('Hello'))
    expect(await settled).toMatchObject({
      text: 'Hello',
      responseId: 'chatcmpl-1',
      model: 'gpt-5',
      output: [{ type: 'message' }],
      timing: {
        startedAt: 0,
        responseAt: secondAt,
        firstTokenAt: secondAt + 5,
        lastByteAt: secondAt + 5,
        longestGap: 0,
        textEvents: 1,
      },
    })
  })

  test('belongs to the same run: one onFinish, no onError for the first', async () => {
    const onError = vi.fn()
    const onFinish = vi.fn()
    const { request, settled } = await started(1, { onError, onFinish })
    answerWith(request(0), 503)
    await pass(1000)
    await complete(request(1))
    await settled
    expect(onError).not.toHaveBeenCalled()
    expect(onFinish).toHaveBeenCalledTimes(1)
  })

  test('ignores late data of the first run', async () => {
    const { request, settled, client } = await started(1, { timeouts: { firstToken: 1000 } })
    request(0).respond()
    await pass(1001)
    await pass(1000)
    request(0).send(bodyOf(textChunk('of the first')))
    request(1).respond()
    request(1).send(textChunk('of the second'))
    await turns()
    expect(client.getState().text).toBe('of the second')
    client.abort()
    await settled
  })
})

test('hiding and showing the page ten times, at any time of a run, sends one request', async () => {
  const { request, requests, settled } = await started(3)
  const cycle = async () => {
    for (let index = 0; index < 10; index++) {
      setPageVisibility('hidden')
      await pass(1000)
      setPageVisibility('visible')
      await pass(1000)
    }
  }
  await cycle()
  request(0).respond()
  request(0).send(textChunk('Hel'))
  await cycle()
  request(0).fail()
  await settled
  await cycle()
  expect(requests).toHaveLength(1)
})
