import { onTestFinished, vi } from 'vitest'
import { turns } from './turns.ts'

/** The clock requests a frame twice, to read and then to publish, and has a timer for each. */
export const callbacksOfOneFrame = 2

/** Animation frames that the test controls. */
export interface StubbedFrames {
  /** How often a frame has been requested. */
  readonly asked: number
  /** How many callbacks wait for the next frame. */
  readonly waiting: number
  /** Draws one frame. */
  draw(): void
  /** Draws one frame as a browser does: the microtasks of a callback run before the next callback. */
  drawSlowly(): Promise<void>
}

/** Replaces `requestAnimationFrame`, and its fallback timers, until the test ends. */
export function stubFrames(): StubbedFrames {
  const callbacks = new Map<number, FrameRequestCallback>()
  let asked = 0
  const { requestAnimationFrame, cancelAnimationFrame } = globalThis
  globalThis.requestAnimationFrame = (callback) => {
    asked++
    callbacks.set(asked, callback)
    return asked
  }
  globalThis.cancelAnimationFrame = (handle) => void callbacks.delete(handle)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
    Object.assign(globalThis, { requestAnimationFrame, cancelAnimationFrame })
  })
  return {
    get asked() {
      return asked
    },
    get waiting() {
      return callbacks.size
    },
    draw() {
      const due = [...callbacks.values()]
      callbacks.clear()
      for (const callback of due) callback(performance.now())
    },
    async drawSlowly() {
      for (const handle of [...callbacks.keys()]) {
        const callback = callbacks.get(handle)
        callbacks.delete(handle)
        callback?.(performance.now())
        await turns()
      }
    },
  }
}
