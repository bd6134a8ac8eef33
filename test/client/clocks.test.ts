import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Timeouts } from '../../src/core.ts'
import { answer, bodyOf, finishChunk, doneMarker, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { pass, stopTheClock } from './support/fake-time.ts'
import { setPageVisibility } from './support/hide-page.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheClock)

async function streaming(timeouts?: Timeouts) {
  const observed = observe<string>({ timeouts })
  const settled = observed.client.start('a')
  await turns()
  observed.requests[0]!.respond()
  observed.requests[0]!.send(textChunk('a'))
  await turns()
  return { ...observed, settled, request: observed.requests[0]! }
}

describe('a timeout without a duration is off', () => {
  test.each([0, -1, NaN, Infinity, null as unknown as undefined, undefined])(
    '%s',
    async (limit) => {
      const { request, client, settled } = await streaming({
        total: limit,
        idle: limit,
        response: limit,
        firstToken: limit,
      })
      await pass(100_000)
      expect(client.getState().status).toBe('streaming')
      request.send(answer('b'))
      expect((await settled).status).toBe('complete')
    },
  )
})

describe('a timeout that is changed in mid-run', () => {
  const options = (timeouts: Timeouts) => ({ url: '/', timeouts })

  test.each(['idle', 'total'] as const)('fires if %s was not set', async (name) => {
    const { client, settled } = await streaming()
    await pass(1000)
    client.setOptions(options({ [name]: 3000 }))
    await pass(1999)
    expect(client.getState().status).toBe('streaming')
    await pass(10)
    expect(errorOf(await settled)).toMatchObject({ kind: 'timeout', timeout: name })
  })

  test('fires earlier if it is lowered', async () => {
    const { client, settled } = await streaming({ idle: 60_000 })
    client.setOptions(options({ idle: 500 }))
    await pass(510)
    expect(errorOf(await settled).timeout).toBe('idle')
  })

  test('fires soon if its time has already passed', async () => {
    const { client, settled } = await streaming()
    await pass(5000)
    client.setOptions(options({ total: 1000 }))
    await pass(1010)
    expect(errorOf(await settled).timeout).toBe('total')
  })

  test('does not fire once it is removed', async () => {
    const { client } = await streaming({ idle: 500 })
    client.setOptions(options({}))
    await pass(5000)
    expect(client.getState().status).toBe('streaming')
  })
})

test('idle does not fire while received data is still being read', async () => {
  let now = 0
  const clock = vi.spyOn(globalThis.performance, 'now').mockImplementation(() => now)
  const observed = observe<string>({
    timeouts: { idle: 50 },
    // Each event is slow, so the burst is read in slices.
    onEvent: () => (now += 9),
  })
  const settled = observed.client.start('a')
  await turns()
  observed.requests[0]!.respond()
  const burst = Array.from({ length: 1000 }, (_, index) => textChunk(`${index}`.padEnd(40)))
  observed.requests[0]!.send(bodyOf(...burst, finishChunk(), doneMarker))
  for (let turn = 0; turn < 200; turn++) {
    await turns(1)
    vi.advanceTimersByTime(1000)
  }
  expect(now).toBeGreaterThan(5000)
  expect(await settled).toMatchObject({ status: 'complete' })
  clock.mockRestore()
})

test('a delay beyond 2³¹ ms does not fire immediately', async () => {
  const { client, requests } = observe<string>({ retry: { attempts: 3, maxDelay: Infinity } })
  void client.start('a')
  await turns()
  requests[0]!.respond({ status: 429, headers: { 'retry-after': '3000000' } })
  requests[0]!.end()
  await pass(2 ** 31)
  expect(requests).toHaveLength(1)
  await pass(3_000_000_000 - 2 ** 31)
  expect(requests).toHaveLength(2)
  client.abort()
})

test('a timeout beyond 2³¹ ms also fires', async () => {
  const { client } = await streaming({ total: 3_000_000_000 })
  await pass(2 ** 31 + 10)
  expect(client.getState().status).toBe('streaming')
})

test.each([
  ['a negative delay', { delay: -1000 }],
  ['a delay that is not a number', { delay: NaN }],
])('%s does not count', async (_, delay) => {
  const { client, requests } = observe<string>({ retry: { attempts: 1, ...delay } })
  void client.start('a')
  await turns()
  requests[0]!.fail()
  await pass(1)
  expect(requests).toHaveLength(2)
  client.abort()
})

test('in a hidden page, whose timers are late, no second timer is needed', async () => {
  setPageVisibility('hidden')
  const { client, settled } = await streaming({ idle: 1000 })
  // Its timer is a minute late, as in a hidden page of Chromium.
  const { performance } = globalThis
  const now = performance.now() + 60_000
  const clock = vi.spyOn(performance, 'now').mockReturnValue(now)
  vi.advanceTimersByTime(1000)
  expect(vi.getTimerCount()).toBe(0)
  await turns(30)
  expect(errorOf(await settled).timeout).toBe('idle')
  expect(client.getState().status).toBe('error')
  clock.mockRestore()
})
