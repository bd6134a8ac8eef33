import type { TimeoutName } from '../errors/completion-error.ts'
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

/** Answers since when a timeout runs, on the clock of `performance.now()`; `undefined` if it does not. */
export type TimeoutClock = (name: TimeoutName) => number | undefined

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
 * One timer for all timeouts of a run. It is not set anew when bytes arrive: when it fires, it looks
 * whether its time is really up, and sets itself again if not.
 */
export class TimeoutTimer {
  readonly #limits: () => Timeouts | undefined
  readonly #since: TimeoutClock
  readonly #onTimeout: (name: TimeoutName) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #look: object | undefined

  constructor(
    limits: () => Timeouts | undefined,
    since: TimeoutClock,
    onTimeout: (name: TimeoutName) => void,
  ) {
    this.#limits = limits
    this.#since = since
    this.#onTimeout = onTimeout
  }

  /** Called when a timeout may have begun to run. */
  check(looked = false): void {
    this.stop()
    const limits = this.#limits()
    if (!limits) return
    let due = Infinity
    let first: TimeoutName | undefined
    for (const name of names) {
      const limit = limits[name] ?? 0
      const time = (this.#since(name) ?? Infinity) + (limit > 0 ? limit : Infinity)
      if (time < due) [due, first] = [time, name]
    }
    if (!first) return
    const now = performance.now()
    if (due > now) this.#set(Math.min(due - now, maxDelay), false)
    else if (looked) this.#onTimeout(first)
    else if (now - due > lateness && isHidden()) void this.#lookAgain()
    else this.#set(now - due > lateness ? grace : 0, true)
  }

  /** A hidden page has no timers to wait for, but is read at full pace: what is queued comes first. */
  async #lookAgain() {
    const look = (this.#look = {})
    for (let task = 0; task < 10; task++) await nextTask()
    if (this.#look === look) this.check(true)
  }

  stop(): void {
    this.#look = undefined
    clearTimeout(this.#timer)
  }

  #set(delay: number, looked: boolean) {
    this.#timer = setTimeout(() => this.check(looked), delay)
  }
}
