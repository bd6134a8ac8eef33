import { createClock, type Clock } from './clock.ts'
import { isBehind } from './time-slice.ts'

/** How long to wait for a frame before publishing without one, in milliseconds. */
const framePatience = 250

/** How long to wait for a frame before reading without one, in milliseconds. */
const readingPatience = 50

/** How often to publish in a hidden tab, in milliseconds. Browsers may increase it. */
const hiddenInterval = 100

/**
 * Runs jobs in the next animation frame, or soon after if no frame comes. The whole page shares one clock: all
 * completions publish in the same frame, so React commits once.
 */
export const frameClock: Clock = /* @__PURE__ */ createClock(schedule)

/**
 * Animation frames stop in hidden tabs, in iframes scrolled out of view, and in some embedders without
 * notice. So each frame has a timer as a fallback, and whichever fires first cancels the other. This
 * also covers a tab that is hidden or shown in between.
 */
function schedule(run: (isSteady: boolean) => void, wake: (isSteady: boolean) => void): () => void {
  const page = typeof document === 'undefined' ? undefined : document
  const hasFrames = typeof requestAnimationFrame === 'function'
  const useFrame = hasFrames && page?.visibilityState !== 'hidden'
  const wakeFrame = useFrame ? requestAnimationFrame(() => wake(true)) : undefined
  const wakeTimer = useFrame ? setTimeout(wake, readingPatience, false) : undefined
  let frame = useFrame ? requestAnimationFrame(runOrWait) : undefined
  const timer = setTimeout(
    () => {
      wake(false)
      run(false)
    },
    useFrame ? framePatience : page ? hiddenInterval : 16,
  )

  function runOrWait() {
    if (isBehind()) frame = requestAnimationFrame(runOrWait)
    else run(true)
  }

  return () => {
    if (wakeFrame !== undefined) cancelAnimationFrame(wakeFrame)
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(wakeTimer)
    clearTimeout(timer)
  }
}
