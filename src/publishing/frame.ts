import { callApp } from './call-app.ts'
import { isBehind } from './time-slice.ts'

/** How long to wait for a frame that is free before publishing without one, in milliseconds. */
const framePatience = 250

/** How often to publish in a hidden tab, in milliseconds; browsers clamp it further as they like. */
const hiddenInterval = 100

/** One queue for the whole page: all completions publish in the same frame, so React commits once. */
const jobs = new Set<() => void>()

let cancelScheduled: (() => void) | undefined

/** Runs a job in the next frame of the screen, or soon after where no frame comes. */
export function requestFrame(job: () => void): void {
  jobs.add(job)
  cancelScheduled ??= schedule()
}

/** Takes back a job that has not run yet. */
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
 * Frames stop in hidden tabs, in frames scrolled out of view, and under some embedders without a
 * word, so a timer stands by each of them; whichever comes first takes the other back. That a tab is
 * hidden or shown meanwhile need not be listened for: the timer covers it.
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
