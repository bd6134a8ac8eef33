import type { CompletionTiming } from '../completion/state.ts'
import type { CompletionError, TimeoutName } from '../errors/completion-error.ts'
import { timedOut } from '../errors/timeout.ts'
import type { AttemptTimes } from './attempt-times.ts'
import { nextTask } from '../publishing/time-slice.ts'

/**
 * How long to wait, in milliseconds, before a run fails with an error of kind `timeout`. Its field `timeout`
 * names the one that expired. Each is off unless it is set, and 0 also turns it off. The text received so
 * far is kept.
 *
 * If a timer fires late, because the device slept or the page was busy, queued data is read first, for up
 * to a second, before the timeout counts.
 */
export interface Timeouts {
  /**
   * From sending an attempt to the response headers; in Firefox to the first byte of the body, because it
   * does not report a response earlier. Includes the time of the `headers` and `body` functions.
   */
  response?: number | undefined
  /** From sending an attempt to its first content: text, reasoning, refusal, or a tool call. */
  firstToken?: number | undefined
  /**
   * The longest silence after the response headers. Any byte ends it, keep-alive comments included. The
   * body of an `http` error has its own limit of five seconds; after that, the received part is used.
   */
  idle?: number | undefined
  /** From `start` until the run has settled, with all its attempts and the waits between them. */
  total?: number | undefined
}

/** The part of a run that its timeouts depend on. */
export interface TimedRun {
  /** Returns the current option `timeouts`. */
  limits: () => Timeouts | undefined
  readonly timing: Readonly<CompletionTiming>
  readonly times: AttemptTimes
  /** Called when a timeout expires. */
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

/** The longest delay that timers support. */
const maxDelay = 2 ** 31 - 1

/**
 * Creates one timer for all timeouts of a run. It is not reset when bytes arrive: when it fires, it checks
 * whether a timeout has expired, and is set again if not.
 */
export function watchTimeouts({ limits, timing, times, onTimeout }: TimedRun): TimeoutWatch {
  let timer: ReturnType<typeof setTimeout> | undefined
  let look: object | undefined

  /** The time since which a timeout has been running; `undefined` if it is not. */
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
   * Waits in tasks while queued data is read: a hidden page's timers are throttled, but its tasks are not.
   */
  async function lookAgain() {
    const own = (look = {})
    for (let task = 0; task < 10; task++) await nextTask()
    if (look === own) check(true)
  }

  return { check: () => check(), stop }
}
