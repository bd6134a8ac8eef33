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

test('a server that names the seconds is asked again after them, neither sooner nor later', async () => {
  await expectWait({ 'retry-after': '7' }, 7000)
})

test('a server that names the time of day is asked again at that time', async () => {
  vi.setSystemTime(Date.UTC(2030, 0, 1, 12, 0, 0))
  await expectWait({ 'retry-after': 'Tue, 01 Jan 2030 12:00:20 GMT' }, 20_000)
})

test('retry-after-ms goes before both', async () => {
  await expectWait({ 'retry-after-ms': '1500', 'retry-after': '20' }, 1500)
})

test('a time that is past asks for no wait', async () => {
  vi.setSystemTime(Date.UTC(2030, 0, 1, 12, 0, 0))
  const { requests } = await afterAnswer({ 'retry-after': 'Tue, 01 Jan 2030 11:00:00 GMT' })
  await pass(0)
  expect(requests).toHaveLength(2)
})

test('a server that asks for more than the longest wait is not asked again', async () => {
  const { settled, requests } = await afterAnswer({ 'retry-after': '31' })
  expect(errorOf(await settled)).toMatchObject({ kind: 'http', status: 429, retryAfter: 31_000 })
  await pass(100_000)
  expect(requests).toHaveLength(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('the longest wait is the app’s to set', async () => {
  const retry = { attempts: 1, maxDelay: 60_000 }
  const { requests } = await afterAnswer({ 'retry-after': '31' }, retry)
  await pass(31_000)
  expect(requests).toHaveLength(2)
})

test('coming online does not hurry a server that asked for time', async () => {
  const { requests } = await afterAnswer({ 'retry-after': '7' })
  dispatchEvent(new Event('online'))
  await pass(6999)
  expect(requests).toHaveLength(1)
})
