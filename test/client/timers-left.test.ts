import { beforeEach, describe, expect, test, vi } from 'vitest'
import { answer } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { stopTheClock } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'
import { running, streaming } from './support/timed-run.ts'

beforeEach(stopTheClock)

describe('no timer is left', () => {
  const all = { response: 1000, firstToken: 2000, idle: 3000, total: 4000 }

  test('after a complete run', async () => {
    const { settled, request } = await streaming(all)
    expect(vi.getTimerCount()).toBe(1)
    request.send(answer('Hello'))
    await settled
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each(['abort', 'reset'] as const)('after %s', async (control) => {
    const { client, settled } = await streaming(all)
    client[control]()
    await settled
    expect(vi.getTimerCount()).toBe(0)
  })

  test('after an abort before the headers', async () => {
    const { client, settled } = await running(all)
    client.abort()
    await settled
    expect(vi.getTimerCount()).toBe(0)
  })

  test('after a newer start, except that of the new run', async () => {
    const { client, settled } = await streaming(all)
    void client.start('b')
    await settled
    await turns()
    expect(vi.getTimerCount()).toBe(1)
  })

  test('after a truncated stream, a broken one, and an error in it', async () => {
    for (const end of ['end', 'fail', 'error'] as const) {
      const { settled, request } = await streaming(all)
      if (end === 'error') request.send({ error: { message: 'no' } })
      else request[end]()
      await settled
      expect(vi.getTimerCount(), end).toBe(0)
    }
  })

  test('after a failed request', async () => {
    const { settled, request } = await running(all)
    request.fail()
    await settled
    expect(vi.getTimerCount()).toBe(0)
  })

  test('after an HTTP error', async () => {
    const { settled, request } = await running(all)
    request.respond({ status: 500 })
    request.end()
    expect(errorOf(await settled)).toMatchObject({ kind: 'http', status: 500 })
    expect(vi.getTimerCount()).toBe(0)
  })
})

test.each([
  ['begins to stream', 'streaming', {}],
  ['waits for its next attempt', 'connecting', { retry: 1 }],
] as const)(
  'a subscriber that ends a run which %s leaves no timer behind',
  async (_, status, options) => {
    const { client, requests } = observe({
      ...options,
      publish: 'sync',
      timeouts: { idle: 1000, total: 60_000 },
    })
    const settled = client.start('a')
    await turns()
    client.subscribe(() => {
      if (client.getState().status === status) client.abort()
    })
    if (status === 'streaming') requests[0]!.respond()
    else requests[0]!.fail()
    expect((await settled).status).toBe('aborted')
    expect(vi.getTimerCount()).toBe(0)
  },
)
