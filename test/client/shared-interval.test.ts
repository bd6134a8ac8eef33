import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PublishMode } from '../../src/core.ts'
import { textChunk } from './support/chat.ts'
import { firstPublished } from './support/first-published.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  return () => vi.useRealTimers()
})

async function begin(every: number) {
  const observed = observe({ publish: { every } })
  const { request } = await firstPublished(observed)
  return { ...observed, request, before: observed.published.length }
}

describe('completions with the same interval', () => {
  test('are published together, in one task', async () => {
    const all = [await begin(50), await begin(50), await begin(50)]
    const counts = () => all.map(({ published, before }) => published.length - before)
    all[0]!.request.send(textChunk('a'))
    await turns()
    vi.advanceTimersByTime(30)
    all[1]!.request.send(textChunk('b'))
    all[2]!.request.send(textChunk('c'))
    await turns()
    vi.advanceTimersByTime(19)
    expect(counts()).toEqual([0, 0, 0])
    vi.advanceTimersByTime(1)
    expect(counts()).toEqual([1, 1, 1])
  })

  test('keep the interval between two publishes', async () => {
    const one = await begin(50)
    const other = await begin(50)
    for (let round = 1; round <= 3; round++) {
      one.request.send(textChunk('a'))
      await turns()
      other.request.send(textChunk('b'))
      await turns()
      vi.advanceTimersByTime(49)
      expect(one.published.length - one.before).toBe(round - 1)
      vi.advanceTimersByTime(1)
      expect(one.published.length - one.before).toBe(round)
      expect(other.published.length - other.before).toBe(round)
    }
  })

  test('leave no timer when the last of them settles', async () => {
    const one = await begin(50)
    const other = await begin(50)
    one.request.send(textChunk('a'))
    other.request.send(textChunk('b'))
    await turns()
    // One timer to read, and one to publish.
    expect(vi.getTimerCount()).toBe(2)
    one.client.abort()
    expect(vi.getTimerCount()).toBe(2)
    other.client.abort()
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('another interval has its own clock', async () => {
  const short = await begin(20)
  const long = await begin(70)
  short.request.send(textChunk('a'))
  long.request.send(textChunk('b'))
  await turns()
  vi.advanceTimersByTime(20)
  expect(short.published.length - short.before).toBe(1)
  expect(long.published.length - long.before).toBe(0)
})

test.each<PublishMode>(['frame', { every: 50 }])(
  'timers that are replaced during a run, as between two tests, do not stop its publishing (%o)',
  async (publish) => {
    vi.useFakeTimers()
    const observed = observe({ publish })
    const { request } = await firstPublished(observed)
    request.send(textChunk('a'))
    await turns()
    vi.useRealTimers()
    vi.useFakeTimers()
    vi.advanceTimersByTime(2000)
    expect(observed.client.getState().text).toBe('0')
    request.send(textChunk('b'))
    await turns()
    vi.advanceTimersByTime(50)
    expect(observed.client.getState().text).toBe('0ab')
  },
)
