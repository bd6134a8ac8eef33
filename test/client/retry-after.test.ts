import { beforeEach, expect, test, vi } from 'vitest'
import type { RetryOptions } from '../../src/core.ts'
import { errorOf } from './support/expect-error.ts'
import { pass, stopTheClock } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheClock)

async function afterAnswer(headers: Record<string, string>, retry: number | RetryOptions = 1) {
  const { client, requests } = observe({ retry })
  const settled = client.start('a')
  await turns()
  requests[0]!.respond({ status: 429, headers })
  requests[0]!.end()
  await turns()
  return { settled, requests, state: () => client.getState() }
}

async function expectWait(headers: Record<string, string>, wait: number) {
  const { requests, state } = await afterAnswer(headers)
  expect(state().nextAttemptAt).toBeCloseTo(performance.now() + wait)
  await pass(wait - 1)
  expect(requests).toHaveLength(1)
  await pass(1)
  expect(requests).toHaveLength(2)
}

test('a retry waits exactly for the seconds in Retry-After', async () => {
  await expectWait({ 'retry-after': '7' }, 7000)
})

test('a date in Retry-After is waited for', async () => {
  vi.setSystemTime(Date.UTC(2030, 0, 1, 12, 0, 0))
  await expectWait({ 'retry-after': 'Tue, 01 Jan 2030 12:00:20 GMT' }, 20_000)
})

test('retry-after-ms takes precedence over both', async () => {
  await expectWait({ 'retry-after-ms': '1500', 'retry-after': '20' }, 1500)
})

test.each([
  ['7, 7', 7000],
  ['3, 7', 7000],
  ['7,3', 7000],
])('of several delays (%s), the longest applies', async (value, wait) => {
  await expectWait({ 'retry-after': value }, wait)
  await expectWait({ 'retry-after-ms': value }, wait / 1000)
})

test.each(['-1', '-1, -1', 'soon', '5, soon', '1.2.3', '', 'NaN', 'Infinity', '1e3'])(
  'an invalid value (%s) is ignored: the usual delay applies',
  async (value) => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    for (const name of ['retry-after', 'retry-after-ms']) {
      await expectWait({ [name]: value }, 500)
    }
  },
)

test('a date in the past means no delay', async () => {
  vi.setSystemTime(Date.UTC(2030, 0, 1, 12, 0, 0))
  const { requests } = await afterAnswer({ 'retry-after': 'Tue, 01 Jan 2030 11:00:00 GMT' })
  await pass(0)
  expect(requests).toHaveLength(2)
})

test('a server that asks for more than the maximum delay is not asked again', async () => {
  const { settled, requests } = await afterAnswer({ 'retry-after': '31' })
  expect(errorOf(await settled)).toMatchObject({ kind: 'http', status: 429, retryAfter: 31_000 })
  await pass(100_000)
  expect(requests).toHaveLength(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('the app can set the maximum delay', async () => {
  const retry = { attempts: 1, maxDelay: 60_000 }
  const { requests } = await afterAnswer({ 'retry-after': '31' }, retry)
  await pass(31_000)
  expect(requests).toHaveLength(2)
})

test('coming online does not shorten a Retry-After', async () => {
  const { requests } = await afterAnswer({ 'retry-after': '7' })
  dispatchEvent(new Event('online'))
  await pass(6999)
  expect(requests).toHaveLength(1)
})
