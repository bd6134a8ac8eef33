import { callApp } from './call-app.ts'

interface Interval {
  readonly jobs: Set<() => void>
  readonly timer: ReturnType<typeof setTimeout>
}

/** The current intervals, by their length in milliseconds. */
const intervals = new Map<number, Interval>()

/**
 * Runs a job at the end of the current interval. All completions of the page with the same interval
 * length share it, so that React commits once for all of them.
 *
 * @param every length of the interval in milliseconds
 */
export function requestTick(every: number, job: () => void): void {
  let interval = intervals.get(every)
  if (!interval) {
    const jobs = new Set<() => void>()
    const timer = setTimeout(() => {
      intervals.delete(every)
      for (const due of jobs) callApp(due)
    }, every)
    intervals.set(every, (interval = { jobs, timer }))
  }
  interval.jobs.add(job)
}

/** Cancels a job that has not run yet. */
export function cancelTick(job: () => void): void {
  for (const [every, { jobs, timer }] of intervals) {
    if (!jobs.delete(job) || jobs.size > 0) continue
    clearTimeout(timer)
    intervals.delete(every)
  }
}
