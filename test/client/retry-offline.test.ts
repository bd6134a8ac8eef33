import { beforeEach, describe, expect, test, vi } from 'vitest'
import { errorOf } from './support/expect-error.ts'
import { pass } from './support/fake-time.ts'
import { answerWith, complete, started } from './support/retrying.ts'
import { stopTheWaits } from './support/stop-the-waits.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheWaits)

describe('a browser without a network', () => {
  function setOnline(online: boolean) {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online)
    dispatchEvent(new Event(online ? 'online' : 'offline'))
  }

  test('waits for it after a failure to connect, without using up attempts', async () => {
    const { request, requests, state, settled } = await started(1)
    setOnline(false)
    request(0).fail()
    await turns()
    expect(state().nextAttemptAt).toBe(Infinity)
    await pass(3_600_000)
    expect(requests).toHaveLength(1)
    setOnline(true)
    await turns()
    expect(requests).toHaveLength(2)
    await complete(request(1))
    expect(await settled).toMatchObject({ status: 'complete', nextAttemptAt: undefined })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that goes offline during the delay is also waited for', async () => {
    const { request, requests, state } = await started(1)
    request(0).fail()
    await turns()
    setOnline(false)
    await pass(1000)
    expect(requests).toHaveLength(1)
    expect(state().nextAttemptAt).toBe(Infinity)
    setOnline(true)
    await turns()
    expect(requests).toHaveLength(2)
  })

  test('that comes online ends the delay early, and makes no more attempts than allowed', async () => {
    const { request, requests, settled } = await started(1)
    request(0).fail()
    await turns()
    setOnline(true)
    await turns()
    expect(requests).toHaveLength(2)
    setOnline(true)
    await pass(100_000)
    expect(requests).toHaveLength(2)
    request(1).fail()
    expect((await settled).status).toBe('error')
    setOnline(true)
    await pass(100_000)
    expect(requests).toHaveLength(2)
  })

  test('does not matter for a server that has responded: it may be local', async () => {
    const { request, requests } = await started(1)
    setOnline(false)
    answerWith(request(0), 503)
    await turns()
    setOnline(true)
    await pass(999)
    expect(requests).toHaveLength(1)
    setOnline(false)
    await pass(1)
    expect(requests).toHaveLength(2)
  })

  test('stops waiting on an abort or the total timeout', async () => {
    const { request, client, settled } = await started(1)
    setOnline(false)
    request(0).fail()
    await turns()
    client.abort()
    expect((await settled).status).toBe('aborted')
    const second = await started(1, { timeouts: { total: 5000 } })
    second.request(0).fail()
    await pass(5001)
    expect(errorOf(await second.settled)).toMatchObject({ timeout: 'total' })
    setOnline(true)
    await turns()
    expect(second.requests).toHaveLength(1)
  })
})
