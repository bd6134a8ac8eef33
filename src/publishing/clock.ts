import { callApp } from './call-app.ts'

/** Runs jobs at its next beat, all of them together. */
export interface Clock {
  request(job: () => void): void
  /** Cancels a job that has not run yet. */
  cancel(job: () => void): void
  /**
   * Resolves at the next beat, before the jobs run: what is read then is published in the same beat.
   */
  next(): Promise<void>
}

/**
 * @param schedule calls `run` at the next beat, and `wake`, if given, right before it in a task or callback
 *   of its own. Returns a function that cancels both.
 */
export function createClock(
  schedule: (run: () => void, wake: (() => void) | undefined) => () => void,
): Clock {
  const jobs = new Set<() => void>()
  const readers = new Set<() => void>()
  let cancelScheduled: (() => void) | undefined

  function start() {
    cancelScheduled ??= schedule(run, readers.size > 0 ? wake : undefined)
  }

  function stop() {
    cancelScheduled?.()
    cancelScheduled = undefined
  }

  function wake() {
    const due = [...readers]
    readers.clear()
    for (const resume of due) resume()
  }

  function run() {
    stop()
    const due = [...jobs]
    jobs.clear()
    for (const job of due) callApp(job)
    if (readers.size > 0) start()
  }

  return {
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
