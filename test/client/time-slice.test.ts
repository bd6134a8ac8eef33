import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { bodyOf, doneMarker, eventStream, finishChunk, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

/** The duration of one event, on the faked clock. */
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

interface StubbedMessages {
  /** The time of every message that a slice waits for. */
  readonly yields: readonly number[]
  /** Resumes after a yield. */
  resume: () => void
}

/** Message channels whose messages the test delivers. */
function stubMessages(): StubbedMessages {
  const yields: number[] = []
  let waiting: (() => void)[] = []
  class StubbedChannel {
    readonly port1 = { onmessage: () => undefined, close: () => undefined }
    readonly port2 = {
      postMessage: () => {
        yields.push(now)
        waiting.push(() => this.port1.onmessage())
      },
    }
  }
  vi.stubGlobal('MessageChannel', StubbedChannel)
  function resume() {
    const due = waiting
    waiting = []
    for (const arrive of due) arrive()
  }
  onTestFinished(async () => {
    // A slice of this test must not continue in the next one.
    vi.unstubAllGlobals()
    resume()
    await turns()
  })
  return { yields, resume }
}

/** A source whose objects are all available at once, and slow to process. */
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

/** Reads a burst slice by slice, and returns how much of it was shown. */
async function startBurst() {
  const frames = stubFrames()
  const { resume } = stubMessages()
  const { client, published } = slowRun(400)
  const settled = client.start('a')
  await turns()
  return {
    frames,
    published: () => published.length,
    /** Other work takes this long between two slices. */
    async slice(others: number) {
      now += others
      resume()
      await turns()
    },
    async finish() {
      while (client.getState().status !== 'complete') await this.slice(0)
      expect((await settled).status).toBe('complete')
    },
  }
}

describe('a burst', () => {
  test('yields to the main thread about every 8 ms', async () => {
    const { yields, resume } = stubMessages()
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

  test('that arrives as one chunk also yields', async () => {
    const { yields, resume } = stubMessages()
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

  test('lets tasks of the app run in between', async () => {
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
    const { yields } = stubMessages()
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
    expect(yields).toHaveLength(0)
  })
})

test('several runs share one budget', async () => {
  const { yields, resume } = stubMessages()
  const runs = [slowRun(20), slowRun(20), slowRun(20)]
  const settled = runs.map(({ client }) => client.start('a'))
  const total = () => runs.reduce((sum, { read }) => sum + read.length, 0)
  await turns()
  // With separate budgets, they would read three times as much.
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
  const { resume } = stubMessages()
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

describe('while a burst is read', () => {
  test('every frame shows more text as long as rendering takes no time', async () => {
    const burst = await startBurst()
    const before = burst.published()
    for (let frame = 1; frame <= 5; frame++) {
      burst.frames.draw()
      expect(burst.published()).toBe(before + frame)
      await burst.slice(1)
    }
    await burst.finish()
  })

  test('slow rendering is done less often, so that reading has most of the time', async () => {
    const burst = await startBurst()
    const before = burst.published()
    let showing = 0
    let slices = 0
    for (; slices < 30; slices++) {
      const shown = burst.published()
      burst.frames.draw()
      const cost = burst.published() > shown ? 12 : 0
      showing += cost
      await burst.slice(cost)
    }
    expect(burst.published()).toBeGreaterThan(before + 5)
    expect(showing).toBeLessThanOrEqual((slices * 8) / 2 + 12)
    await burst.finish()
  })

  test('other work of the page between slices counts only after a publish', async () => {
    const burst = await startBurst()
    const before = burst.published()
    for (let slice = 0; slice < 12; slice++) {
      burst.frames.draw()
      await burst.slice(6)
    }
    expect(burst.published()).toBeGreaterThanOrEqual(before + 4)
    await burst.finish()
  })

  test('the text is published at least four times per second, however slow rendering is', async () => {
    const burst = await startBurst()
    burst.frames.draw()
    await burst.slice(5000)
    const before = burst.published()
    burst.frames.draw()
    expect(burst.published()).toBe(before)
    vi.advanceTimersByTime(250)
    expect(burst.published()).toBe(before + 1)
    await burst.finish()
  })

  test('once everything is read, the next frame shows new text, regardless of earlier delays', async () => {
    const burst = await startBurst()
    burst.frames.draw()
    await burst.slice(5000)
    await burst.finish()

    const { client, requests } = observe({ publish: 'frame' })
    void client.start('b')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('one'))
    await turns()
    requests[0]!.send(textChunk(' two'))
    await turns()
    burst.frames.draw()
    expect(client.getState().text).toBe('one two')
  })
})

test('a task that was queued before a slice ended runs before the next one', async () => {
  const { client, read } = slowRun(400)
  const seen: number[] = []
  const settled = client.start('a')
  while (client.getState().status !== 'complete') {
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resolve()
      }
      port2.postMessage(undefined)
    })
    seen.push(read.length)
  }
  await settled
  const steps = seen.map((count, index) => count - (seen[index - 1] ?? 0))
  expect(Math.max(...steps)).toBeLessThanOrEqual(2 * 8)
})
