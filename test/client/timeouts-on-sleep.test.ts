import { beforeEach, describe, expect, test, vi } from 'vitest'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { stopTheClock } from './support/fake-time.ts'
import { turns } from './support/turns.ts'
import { running, streaming } from './support/timed-run.ts'

beforeEach(stopTheClock)

describe('after the device slept, a run', () => {
  /** The timers fire hours later, before the page has run any other task. */
  async function sleep(hours: number) {
    await turns()
    vi.setSystemTime(Date.now())
    const before = performance.now()
    const spy = vi.spyOn(performance, 'now')
    spy.mockImplementation(() => before + hours * 3_600_000)
    await vi.advanceTimersToNextTimerAsync()
    return () => spy.mockRestore()
  }

  test('reads queued data before it reports an idle timeout', async () => {
    const { settled, request } = await streaming({ idle: 1000 })
    request.send(textChunk('Hello'))
    const restore = await sleep(8)
    // The network delivers it only now.
    request.send(bodyOf(finishChunk(), doneMarker))
    await turns()
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
    restore()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('waits for queued response headers', async () => {
    const { request, status } = await running({ response: 1000 })
    const restore = await sleep(8)
    expect(status()).toBe('connecting')
    request.respond()
    await turns()
    expect(status()).toBe('streaming')
    restore()
  })

  test('waits for one second and no longer', async () => {
    const { settled, request, status } = await streaming({ idle: 1000 })
    request.send(textChunk('Hello'))
    const restore = await sleep(8)
    await vi.advanceTimersByTimeAsync(999)
    expect(status()).toBe('streaming')
    await vi.advanceTimersByTimeAsync(1)
    expect(errorOf(await settled)).toMatchObject({ timeout: 'idle' })
    restore()
  })
})
