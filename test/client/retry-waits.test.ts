import { beforeEach, describe, expect, test, vi } from 'vitest'
import { errorOf } from './support/expect-error.ts'
import { pass } from './support/fake-time.ts'
import { answerWith, complete, started } from './support/retrying.ts'
import { stopTheWaits } from './support/stop-the-waits.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheWaits)

describe('the delays', () => {
  test('double with every attempt, up to the maximum', async () => {
    const { request, requests, settled } = await started({
      attempts: 4,
      delay: 500,
      maxDelay: 1500,
    })
    for (const [index, wait] of [500, 1000, 1500, 1500].entries()) {
      answerWith(request(index), 503)
      await pass(wait - 1)
      expect(requests).toHaveLength(index + 1)
      await pass(1)
      expect(requests).toHaveLength(index + 2)
    }
    answerWith(request(4), 503)
    expect(await settled).toMatchObject({ status: 'error', attempt: 5 })
    await pass(100_000)
    expect(requests).toHaveLength(5)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('are a random part of that, down to zero', async () => {
    vi.mocked(Math.random).mockReturnValueOnce(0.25)
    const { request, requests } = await started(2)
    answerWith(request(0), 503)
    await pass(249)
    expect(requests).toHaveLength(1)
    await pass(1)
    expect(requests).toHaveLength(2)
    vi.mocked(Math.random).mockReturnValueOnce(0)
    answerWith(request(1), 503)
    await pass(0)
    expect(requests).toHaveLength(3)
  })

  test('are in the state, with the attempt', async () => {
    const { request, state, published } = await started(1)
    expect(state()).toMatchObject({ attempt: 1, nextAttemptAt: undefined })
    answerWith(request(0), 503)
    await turns()
    expect(state()).toMatchObject({
      status: 'connecting',
      attempt: 1,
      nextAttemptAt: performance.now() + 1000,
      error: undefined,
    })
    await pass(1000)
    expect(state()).toMatchObject({ status: 'connecting', attempt: 2, nextAttemptAt: undefined })
    await complete(request(1))
    expect(state()).toMatchObject({ status: 'complete', attempt: 2, nextAttemptAt: undefined })
    expect(published.map(({ status }) => status)).not.toContain('error')
  })

  test('count towards the total, and no other timeout', async () => {
    const { request, requests, settled } = await started(
      { attempts: 9, delay: 10_000 },
      { timeouts: { response: 1000, firstToken: 1000, idle: 1000, total: 15_000 } },
    )
    answerWith(request(0), 503)
    await pass(10_000)
    expect(requests).toHaveLength(2)
    answerWith(request(1), 503)
    await pass(5001)
    expect(errorOf(await settled)).toMatchObject({ timeout: 'total' })
    expect(await settled).toMatchObject({ attempt: 2, nextAttemptAt: undefined })
    expect(vi.getTimerCount()).toBe(0)
    await pass(100_000)
    expect(requests).toHaveLength(2)
  })

  test.each([
    ['abort', 'abort'],
    ['reset', 'reset'],
    ['start', 'superseded'],
  ] as const)('are cut short by %s', async (control, abortReason) => {
    const { client, request, requests, settled } = await started(3)
    request(0).fail()
    await turns()
    void client[control]('b')
    expect(await settled).toMatchObject({
      status: 'aborted',
      abortReason: control === 'abort' ? 'b' : abortReason,
      nextAttemptAt: undefined,
    })
    await pass(100_000)
    expect(requests).toHaveLength(control === 'start' ? 2 : 1)
    if (control !== 'start') expect(vi.getTimerCount()).toBe(0)
  })
})
