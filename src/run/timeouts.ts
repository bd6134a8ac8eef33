import type { CompletionTiming } from '../completion/state.ts'
import type { CompletionError, TimeoutName } from '../errors/completion-error.ts'
import { timedOut } from '../errors/timeout.ts'
import type { AttemptTimes } from './attempt-times.ts'
import { nextTask } from '../publishing/time-slice.ts'

/**
 * How long to wait, in milliseconds, before a run fails with an error of kind `timeout` whose `timeout`
 * field says which of these it was. Each is off unless it is set, and 0 is off too. What has arrived is
 * kept.
 *
 * If a timer fires late, because the device slept or the page was busy, queued data is read first, for up
 * to a second, before the timeout counts.
 */
export interface Timeouts {
  /**
   * From sending an attempt to the response's headers; in Firefox to the first byte of the body, because
   * it reports a response no earlier. The `headers` and `body` functions count.
   */
  response?: number | undefined
  /** From sending an attempt to its first content: text, reasoning, refusal, or a tool call. */
  firstToken?: number | undefined
  /**
   * The longest silence after the response's headers. Any byte ends it, keep-alive comments included. The
   * body of an `http` error has its own limit of five seconds; after that, what has arrived is used.
   */
  idle?: number | undefined
  /** From `start` until the run has settled, with all its attempts and the waits between them. */
  total?: number | undefined
}

/** What timeouts need to know about a run. */
export interface TimedRun {
  /** The option `timeouts` as it is now. */
  limits: () => Timeouts | undefined
  readonly timing: Readonly<CompletionTiming>
  readonly times: AttemptTimes
  /** A timeout expired. */
  onTimeout: (error: CompletionError) => void
}

export interface TimeoutWatch {
  /** Called when a timeout may have begun to run. */
  check(): void
  stop(): void
}

const names = ['total', 'response', 'firstToken', 'idle'] as const

/** A timer this late, in milliseconds, means that the device slept or the page was busy. */
const lateness = 100

/** How long queued data may be read after that, in milliseconds. */
const grace = 1000

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden'
}

/** The longest delay that timers take. */
const maxDelay = 2 ** 31 - 1

/**
 * One timer for all timeouts of a run. It is not reset when bytes arrive: when it fires, it checks
 * whether the time is really up, and is set again if not.
 */
export function watchTimeouts({ limits, timing, times, onTimeout }: TimedRun): TimeoutWatch {
  let timer: ReturnType<typeof setTimeout> | undefined
  let look: object | undefined

  /** Since when a timeout runs; `undefined` if it does not. */
  function since(name: TimeoutName): number | undefined {
    const { sentAt, headAt, activeAt } = times
    switch (name) {
      case 'response':
        return headAt === undefined ? sentAt : undefined
      case 'firstToken':
        return timing.firstTokenAt === undefined ? sentAt : undefined
      case 'idle':
        return headAt === undefined ? undefined : Math.max(headAt, activeAt)
      case 'total':
        return timing.startedAt
    }
  }

  function stop() {
    look = undefined
    clearTimeout(timer)
  }

  function check(hasLooked = false) {
    stop()
    const set = limits()
    if (!set) return
    let due = Infinity
    let first: TimeoutName | undefined
    for (const name of names) {
      const limit = set[name] ?? 0
      const time = (since(name) ?? Infinity) + (limit > 0 ? limit : Infinity)
      if (time < due) [due, first] = [time, name]
    }
    if (!first) return
    const late = performance.now() - due
    if (late < 0) wait(Math.min(-late, maxDelay), false)
    else if (hasLooked) onTimeout(timedOut(first, set[first]))
    else if (late > lateness && isHidden()) void lookAgain()
    else wait(late > lateness ? grace : 0, true)
  }

  function wait(delay: number, hasLooked: boolean) {
    timer = setTimeout(() => check(hasLooked), delay)
  }

  /**
   * The timers of a hidden page are throttled, but its tasks are not: lets queued data be read in tasks.
   */
  async function lookAgain() {
    const own = (look = {})
    for (let task = 0; task < 10; task++) await nextTask()
    if (look === own) check(true)
  }

  return { check: () => check(), stop }
}
