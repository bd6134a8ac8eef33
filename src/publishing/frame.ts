import { callApp } from './call-app.ts'
import { isBehind } from './time-slice.ts'

/** How long to wait for a frame before publishing without one, in milliseconds. */
const framePatience = 250

/** How often to publish in a hidden tab, in milliseconds. Browsers may increase it. */
const hiddenInterval = 100

/** One queue for the whole page. All completions publish in the same frame, so React commits once. */
const jobs = new Set<() => void>()

let cancelScheduled: (() => void) | undefined

/** Runs a job in the next animation frame, or soon after if there is none. */
export function requestFrame(job: () => void): void {
  jobs.add(job)
  cancelScheduled ??= schedule()
}

/** Cancels a job that has not run yet. */
export function cancelFrame(job: () => void): void {
  jobs.delete(job)
  if (jobs.size > 0) return
  cancelScheduled?.()
  cancelScheduled = undefined
}

function runJobs() {
  cancelScheduled?.()
  cancelScheduled = undefined
  const due = [...jobs]
  jobs.clear()
  for (const job of due) callApp(job)
}

/**
 * Animation frames stop in hidden tabs, in iframes scrolled out of view, and in some embedders without
 * notice. So each frame has a timer as a fallback, and whichever fires first cancels the other. This
 * also covers a tab that is hidden or shown in between.
 */
function schedule(): () => void {
  const page = typeof document === 'undefined' ? undefined : document
  const hasFrames = typeof requestAnimationFrame === 'function'
  const useFrame = hasFrames && page?.visibilityState !== 'hidden'
  let frame = useFrame ? requestAnimationFrame(runOrWait) : undefined
  const timer = setTimeout(runJobs, useFrame ? framePatience : page ? hiddenInterval : 16)

  function runOrWait() {
    if (isBehind()) frame = requestAnimationFrame(runOrWait)
    else runJobs()
  }

  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
