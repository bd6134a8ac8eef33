import type { CompletionTiming } from '../completion/state.ts'
import type { CompletionError, TimeoutName } from '../errors/completion-error.ts'
import { timedOut } from '../errors/timeout.ts'
import type { AttemptTimes } from './attempt-times.ts'
import { nextTask } from '../publishing/time-slice.ts'

/**
 * How long to wait, in milliseconds, before a run fails with an error of kind `timeout` whose `timeout`
 * field says which of these it was. Each is off unless it is set, and 0 is off too. What had arrived is
 * kept.
 *
 * A timer that comes late, because the machine slept or the page was busy, proves nothing: what is
 * queued is read first, for up to a second, before the time is called up.
 */
export interface Timeouts {
  /**
   * From the sending of an attempt to its response's head; in Firefox to the first byte of the body, for
   * it tells of a response no sooner. The `headers` and `body` functions count.
   */
  response?: number | undefined
  /** From the sending of an attempt to its first content: text, reasoning, refusal, or a tool call. */
  firstToken?: number | undefined
  /**
   * The longest silence once the response's head is there. Any byte ends it, keep-alive comments
   * included. The body of an `http` error has five seconds of its own, and then counts as it is.
   */
  idle?: number | undefined
  /** From `start` until the run has settled, with all its attempts and the waits between them. */
  total?: number | undefined
}

/** What is known of a run to its timeouts. */
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

/** A timer this late, in milliseconds, comes from a machine that slept or a page that was busy. */
const lateness = 100

/** How long such a machine has to hand over what is queued, in milliseconds. */
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

  /** A hidden page has no timers to wait for, but is read at full pace: what is queued comes first. */
  async function lookAgain() {
    const own = (look = {})
    for (let task = 0; task < 10; task++) await nextTask()
    if (look === own) check(true)
  }

  return { check: () => check(), stop }
}
