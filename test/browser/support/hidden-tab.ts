import { onTestFinished, vi } from 'vitest'

/** The callbacks that are still waiting for a frame. */
export type WaitingFrames = ReadonlyMap<number, FrameRequestCallback>

/** Stops the frames of the page, as a browser does in a hidden tab. */
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

/** Makes the page hidden or visible, and notifies its listeners. */
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

/** Also stops the timers of the page, but not those of the test runner. */
export function stopTimers(): void {
  vi.stubGlobal('setTimeout', () => 0)
  vi.stubGlobal('setInterval', () => 0)
  onTestFinished(() => void vi.unstubAllGlobals())
}
