import { createClock, type Clock } from './clock.ts'

/** Keyed by the length of the interval, in milliseconds. */
const clocks = /* @__PURE__ */ new Map<number, Clock>()

/**
 * Runs jobs at the end of the current interval. All completions of the page with the same interval
 * length share it, so that React commits once for all of them.
 *
 * @param every length of the interval in milliseconds
 */
export function tickClock(every: number): Clock {
  let clock = clocks.get(every)
  if (!clock) {
    clock = createClock((run, wake) => {
      const wakeTimer = setTimeout(wake, every, true)
      const timer = setTimeout(run, every, true)
      return () => {
        clearTimeout(wakeTimer)
        clearTimeout(timer)
      }
    })
    clocks.set(every, clock)
  }
  return clock
}

/** Cancels a job of any interval that has not run yet. */
export function cancelTick(job: () => void): void {
  for (const clock of clocks.values()) clock.cancel(job)
}
