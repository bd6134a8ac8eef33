import { onTestFinished, vi } from 'vitest'

/** The callbacks that are still waiting for a frame. */
export type WaitingFrames = ReadonlyMap<number, FrameRequestCallback>

/** Stops the frames of the page, as a browser does with a tab that nobody sees. */
export function stopFrames(): WaitingFrames {
  const waiting = new Map<number, FrameRequestCallback>()
  let handle = 1_000_000
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    waiting.set(++handle, callback)
    return handle
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => waiting.delete(id))
  onTestFinished(() => void vi.unstubAllGlobals())
  return waiting
}

/** Makes the page say that it is hidden, or shown again, and tell its listeners. */
export function setHidden(isHidden: boolean): void {
  Object.defineProperties(document, {
    hidden: { configurable: true, value: isHidden },
    visibilityState: { configurable: true, value: isHidden ? 'hidden' : 'visible' },
  })
  onTestFinished(() => {
    Reflect.deleteProperty(document, 'hidden')
    Reflect.deleteProperty(document, 'visibilityState')
  })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** Stops the timers of the page, too. Those of the test runner are its own and go on. */
export function stopTimers(): void {
  vi.stubGlobal('setTimeout', () => 0)
  vi.stubGlobal('setInterval', () => 0)
  onTestFinished(() => void vi.unstubAllGlobals())
}
