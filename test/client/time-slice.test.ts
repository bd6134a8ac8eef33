import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { bodyOf, doneMarker, eventStream, finishChunk, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

/** What one event takes, on the faked clock. */
const cost = 1

let now = 0

beforeEach(() => {
  now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})

afterEach(async () => {
  await turns()
  vi.restoreAllMocks()
})

interface StubbedScheduler {
  /** The clock at every yield. */
  readonly yields: readonly number[]
  /** Lets what has yielded go on. */
  resume: () => void
}

/** A `scheduler.yield` whose turn comes when the test says so. */
function stubScheduler(): StubbedScheduler {
  const yields: number[] = []
  let waiting: (() => void)[] = []
  let isOver = false
  Object.assign(globalThis, {
    scheduler: {
      yield() {
        yields.push(now)
        return isOver ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))
      },
    },
  })
  function resume() {
    const due = waiting
    waiting = []
    for (const resolve of due) resolve()
  }
  onTestFinished(async () => {
    // A slice that this test began must not be that of the next one.
    isOver = true
    resume()
    await turns()
    Reflect.deleteProperty(globalThis, 'scheduler')
  })
  return { yields, resume }
}

/** A source of objects, all there at once, that take their time. */
function slowRun(count: number) {
  const read: number[] = []
  const observed = observe({
    publish: 'frame',
    source: () =>
      new ReadableStream({
        start(controller) {
          for (let index = 0; index < count; index++) controller.enqueue(textChunk(`${index} `))
          controller.enqueue(finishChunk())
          controller.close()
        },
      }),
    onEvent() {
      now += cost
      read.push(now)
    },
  })
  return { ...observed, read }
}

describe('a burst', () => {
  test('yields to the main thread about every 8 ms', async () => {
    const { yields, resume } = stubScheduler()
    const { client, read } = slowRun(40)
    const settled = client.start('a')
    for (let turn = 0; turn < 20 && client.getState().status !== 'complete'; turn++) {
      await turns()
      const before = read.length
      await turns()
      expect(read, 'nothing is read before the turn comes').toHaveLength(before)
      resume()
      await turns()
    }

    expect(await settled).toMatchObject({ status: 'complete' })
    expect(read).toHaveLength(41)
    expect(yields.length).toBeGreaterThanOrEqual(5)
    expect(yields.length).toBeLessThanOrEqual(8)
  })

  test('that is one chunk of bytes yields as well', async () => {
    const { yields, resume } = stubScheduler()
    let read = 0
    const body = bodyOf(
      ...Array.from({ length: 2000 }, (_, index) => textChunk(`${index} `)),
      finishChunk(),
      doneMarker,
    )
    const { client } = observe({
      source: () => eventStream(body),
      onEvent() {
        read++
        now += 0.1
      },
    })
    const settled = client.start('a')
    for (let turn = 0; turn < 200 && client.getState().status !== 'complete'; turn++) {
      await turns()
      resume()
    }
    await settled
    expect(read).toBe(2002)
    // 200 ms of work in pieces of about 12 ms: it yields after each of them.
    expect(yields.length).toBeGreaterThanOrEqual(10)
    expect(yields.length).toBeLessThanOrEqual(30)
  })

  test('yields through a message channel where there is no scheduler', async () => {
    const posted = vi.spyOn(MessagePort.prototype, 'postMessage')
    const { client, read } = slowRun(40)
    expect(await client.start('a')).toMatchObject({ status: 'complete' })
    expect(read).toHaveLength(41)
    expect(posted.mock.calls.length).toBeGreaterThanOrEqual(5)
    expect(posted.mock.calls.length).toBeLessThanOrEqual(8)
  })

  test('lets a task of the app run in between', async () => {
    const { client, read } = slowRun(40)
    const settled = client.start('a')
    const seen: number[] = []
    while (client.getState().status !== 'complete') {
      await turns(1)
      seen.push(read.length)
    }
    await settled
    const partial = seen.filter((count) => count > 0 && count < 41)
    expect(new Set(partial).size).toBeGreaterThanOrEqual(2)
  })

  test('that takes no time does not yield', async () => {
    const { yields } = stubScheduler()
    const { client } = observe({
      source: () =>
        new ReadableStream({
          start(controller) {
            for (let index = 0; index < 500; index++) controller.enqueue(textChunk('.'))
            controller.enqueue(finishChunk())
            controller.close()
          },
        }),
    })
    expect(await client.start('a')).toMatchObject({ status: 'complete' })
    // The one that ends the slice with its task; nothing waits for it.
    expect(yields).toHaveLength(1)
  })
})

test('several runs share one budget', async () => {
  const { yields, resume } = stubScheduler()
  const runs = [slowRun(20), slowRun(20), slowRun(20)]
  const settled = runs.map(({ client }) => client.start('a'))
  const total = () => runs.reduce((sum, { read }) => sum + read.length, 0)
  await turns()
  // A budget each would let them read three times as much.
  expect(total()).toBeLessThanOrEqual(8 + runs.length)

  for (let turn = 0; turn < 40 && total() < 63; turn++) {
    resume()
    await turns()
  }
  resume()
  await Promise.all(settled)
  expect(yields.length).toBeLessThanOrEqual(12)
})

test('an abort during the yield ends the run: nothing more is read', async () => {
  const { resume } = stubScheduler()
  const { client, read } = slowRun(40)
  const settled = client.start('a')
  await turns()
  const count = read.length
  expect(count).toBeLessThan(40)

  client.abort()
  resume()
  await turns()

  expect(await settled).toMatchObject({ status: 'aborted' })
  expect(read).toHaveLength(count)
})
