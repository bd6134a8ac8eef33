import { beforeEach, describe, expect, test, vi } from 'vitest'
import { bodyOf, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { pass } from './support/fake-time.ts'
import { responseBody } from './support/responses-stream.ts'
import { events, started, text } from './support/resuming.ts'
import { stopTheWaits } from './support/stop-the-waits.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheWaits)

describe('giving up', () => {
  test('happens after the given number of attempts without anything new', async () => {
    const { serve, settled, requests } = await started({ attempts: 2 })
    await serve(0, responseBody(events, 0, 4))
    await pass(1000)
    requests[1]!.fail()
    await pass(2000)
    // All of these events have been seen before.
    await serve(2, responseBody(events, 0, 4))
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'network', phase: 'body' })
    expect(state).toMatchObject({ text: 'Hello, ', attempt: 3 })
    await pass(100_000)
    expect(requests).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a new event restarts the count of attempts', async () => {
    const { serve, settled, requests, state } = await started({ attempts: 2 })
    await serve(0, responseBody(events, 0, 3))
    for (const wait of [1000, 2000]) {
      await pass(wait)
      await turns()
      if (wait === 1000) requests.at(-1)!.fail()
    }
    await serve(2, responseBody(events, 3, 4))
    expect(state().nextAttemptAt).toBe(performance.now() + 1000)
    await pass(1000)
    requests[3]!.fail()
    await pass(2000)
    await serve(4, responseBody(events, 4), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text, attempt: 5 })
  })

  test('a transient status is retried after the delay that it asks for', async () => {
    const { serve, request, requests, settled } = await started()
    await serve(0, responseBody(events, 0, 4))
    await pass(1000)
    request(1).respond({ status: 503, headers: { 'retry-after': '9' } })
    request(1).end()
    await pass(8999)
    expect(requests).toHaveLength(2)
    await pass(1)
    await serve(2, responseBody(events, 4), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
  })

  test('when the response no longer exists, the run ends with an error and keeps the text', async () => {
    const { serve, request, settled } = await started()
    await serve(0, responseBody(events, 0, 4))
    await pass(1000)
    request(1).respond({ status: 404 })
    request(1).end()
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'http', status: 404 })
    expect(state.text).toBe('Hello, ')
  })

  test('happens immediately if the server neither numbers its events nor gives them ids', async () => {
    const { serve, settled, requests } = await started()
    await serve(0, bodyOf(textChunk('Hel')))
    expect(errorOf(await settled).kind).toBe('network')
    await pass(100_000)
    expect(requests).toHaveLength(1)
  })

  test('happens immediately if nothing had arrived: that case belongs to retry', async () => {
    const { request, settled } = await started()
    request(0).fail()
    expect(errorOf(await settled)).toMatchObject({ kind: 'network', phase: 'connect' })
    const again = await started({}, { retry: 1 })
    again.request(0).fail()
    await pass(1000)
    expect(again.request(1).init.method).toBe('POST')
  })

  test('never posts again, even with retry and before the first content', async () => {
    const { serve, requests, settled } = await started({ attempts: 1 }, { retry: 5 })
    await serve(0, responseBody(events, 0, 1))
    await pass(1000)
    requests[1]!.fail()
    expect(errorOf(await settled).kind).toBe('network')
    await pass(100_000)
    expect(requests.map(({ init }) => init.method)).toEqual(['POST', 'GET'])
  })

  test.each(['abort', 'reset'] as const)('%s ends the wait', async (control) => {
    const { serve, client, settled, requests } = await started()
    await serve(0, responseBody(events, 0, 4))
    client[control]()
    expect(await settled).toMatchObject({ status: 'aborted', text: 'Hello, ' })
    await pass(100_000)
    expect(requests).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
