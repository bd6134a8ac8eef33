import { callApp } from './call-app.ts'

/** Runs all waiting jobs together at its next beat. */
export interface Clock {
  request(job: () => void): void
  /** Cancels a job that has not run yet. */
  cancel(job: () => void): void
  /**
   * Resolves at the next beat, before the jobs run, so that data read then is published in the same beat.
   */
  next(): Promise<void>
  /** Whether the last beat came from its own source, not from the fallback timer. */
  readonly isSteady: boolean
}

/**
 * @param schedule calls `wake` and then `run` at the next beat, each in its own task or callback, and
 *   reports whether the beat is steady. Returns a function that cancels both.
 */
export function createClock(
  schedule: (run: (isSteady: boolean) => void, wake: (isSteady: boolean) => void) => () => void,
): Clock {
  const jobs = new Set<() => void>()
  const readers = new Set<() => void>()
  let cancelScheduled: (() => void) | undefined
  let timers: typeof setTimeout | undefined
  let isSteady = false

  function start() {
    // A test may have replaced the timers since a beat was scheduled, which then never comes.
    if (timers !== setTimeout) stop()
    timers = setTimeout
    cancelScheduled ??= schedule(run, wake)
  }

  function stop() {
    cancelScheduled?.()
    cancelScheduled = undefined
  }

  function wake(steady: boolean) {
    isSteady = steady
    const due = [...readers]
    readers.clear()
    for (const resume of due) resume()
  }

  function run(steady: boolean) {
    stop()
    isSteady = steady
    const due = [...jobs]
    jobs.clear()
    for (const job of due) callApp(job)
    if (readers.size > 0) start()
  }

  return {
    get isSteady() {
      return isSteady
    },
    request(job) {
      jobs.add(job)
      start()
    },
    cancel(job) {
      jobs.delete(job)
      if (jobs.size + readers.size === 0) stop()
    },
    next: () =>
      new Promise((resolve) => {
        readers.add(resolve)
        start()
      }),
  }
}
