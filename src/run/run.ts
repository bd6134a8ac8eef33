import { runFailed } from '../errors/app.ts'
import {
  isCompletionError,
  type CompletionError,
  type TimeoutName,
} from '../errors/completion-error.ts'
import { timedOut } from '../errors/timeout.ts'
import { beginTiming } from '../completion/begin-timing.ts'
import type { Checkpoint, CompletionState, CompletionTiming, Settled } from '../completion/state.ts'
import { connectionFailed } from '../errors/network.ts'
import { listenUntil } from './listen-until.ts'
import { AnswerReader } from './answer-reader.ts'
import { Attempt } from './attempt.ts'
import { diagnoseBuffering } from '../diagnosis/diagnose-buffering.ts'
import { diagnoseEmptyAnswer } from '../diagnosis/diagnose-empty-answer.ts'
import { scheduleAttempt } from './schedule-attempt.ts'
import { watchPageLeaving } from './page-leaving.ts'
import type { ReadingHost } from './reading-host.ts'
import { retryDelay } from './retry.ts'
import { beginWork } from '../publishing/time-slice.ts'
import type { RunState } from './stage.ts'
import { TimeoutTimer } from './timeouts.ts'

/** The state of a run, without the content. */
type Phase =
  | { status: 'connecting' | 'streaming' | 'complete' }
  | { status: 'aborted'; abortReason: unknown }
  | { status: 'error'; error: CompletionError }

/** How long a page that was frozen may be without a byte after its return, in milliseconds. */
const returnPatience = 10_000

/** What a run needs of whoever started it, and tells them. `onChange` is never called after `onSettle`. */
export interface RunHost<State extends CompletionState> extends Pick<
  ReadingHost,
  'options' | 'formatOf' | 'open' | 'onChange' | 'rest'
> {
  /** The run settled. Called exactly once. */
  onSettle(result: Settled<State>): void
}

/**
 * One run, from its start over all its attempts to the one state in which it settles. What happens
 * after that (a late chunk, a late rejection, a second abort) changes nothing and calls nobody.
 */
export class Run<State extends CompletionState = CompletionState> implements ReadingHost {
  readonly options: ReadingHost['options']
  readonly formatOf: ReadingHost['formatOf']
  readonly open: ReadingHost['open']
  readonly onChange: ReadingHost['onChange']
  readonly rest: ReadingHost['rest']
  readonly #onSettle: RunHost<State>['onSettle']
  #answer: AnswerReader
  #attempt: Attempt | undefined
  #attempts = 1
  /** When the request of this attempt was sent, while its answer is waited for or read. */
  #sentAt: number | undefined
  /** When the head of its response came. */
  #headAt: number | undefined
  /** When a piece of it was read last: a burst is read in slices. */
  #readAt = 0
  #nextAttemptAt: number | undefined
  /** Ends with the run. */
  readonly #life = new AbortController()
  readonly #pageReturn: ReturnType<typeof watchPageLeaving>
  readonly #timer = new TimeoutTimer(
    () => this.#guard(() => this.options().timeouts),
    (name) => this.#since(name),
    (name) => this.#timeOut(name),
  )
  #phase: Phase = { status: 'connecting' }
  readonly #timing: { -readonly [Field in keyof CompletionTiming]: CompletionTiming[Field] } =
    beginTiming()
  #state: RunState<State> | undefined

  /** @throws TypeError for an option that is not the object it should be */
  constructor(host: RunHost<State>, checkpoint?: Checkpoint) {
    this.options = () => host.options()
    this.formatOf = (format) => host.formatOf(format)
    this.open = (context) => host.open(context)
    this.onChange = (urgent) => host.onChange(urgent)
    this.rest = () => host.rest?.()
    this.#onSettle = (result) => host.onSettle(result)
    this.#answer = new AnswerReader(this, checkpoint)
    this.#pageReturn = watchPageLeaving(this.#life.signal)
    const watchReturn = (event: Event) => {
      if (event.type === 'resume' || (event as PageTransitionEvent).persisted) this.#watchReturn()
    }
    listenUntil(this.#life.signal, 'resume', watchReturn)
    listenUntil(this.#life.signal, 'pageshow', watchReturn)
  }

  hasSettled(): boolean {
    return this.#timing.settledAt !== undefined
  }

  /** Begins. The outcome is told to the host. */
  execute(): void {
    if (this.hasSettled()) return
    this.#guard(() => {
      const { resume, problem } = this.#answer
      if (problem) throw problem
      this.#sentAt = performance.now()
      this.#attempt = new Attempt(this, this.#answer)
      this.#timer.check()
      resume?.beginConnection()
      void this.#attempt.read({ attempt: this.#attempts, resumeFrom: resume?.position() })
    })
  }

  /** The options may be others: a timeout that was set or lowered counts from now on. */
  reviewOptions(): void {
    if (!this.hasSettled()) this.#timer.check()
  }

  /** Settles as `aborted`, closes the connection. Nothing happens if the run has settled. */
  abort(reason: unknown): void {
    if (this.hasSettled()) return
    this.#settle({ status: 'aborted', abortReason: reason })
    this.#attempt?.abort(reason)
  }

  /** The state as it is now: immutable, and the same reference as long as nothing changes. */
  state(): RunState<State> {
    const { fold, resume } = this.#answer
    if (this.#state && !fold.changed) return this.#state
    const state: RunState<CompletionState> = {
      ...fold.snapshot(),
      attempt: this.#attempts,
      nextAttemptAt: this.#nextAttemptAt,
      checkpoint: this.#phase.status === 'complete' ? undefined : resume?.checkpoint(),
      timing: { ...this.#timing, textEvents: fold.textEvents },
      error: undefined,
      abortReason: undefined,
      ...this.#phase,
    }
    // The fields that make it one of a wider union are added by the stages, by the status.
    return (this.#state = this.#answer.complete(state) as RunState<State>)
  }

  onHead(readable: boolean): void {
    const now = performance.now()
    this.#timing.responseAt ??= now
    // The body of an error has its own bound, and tells more than that it was slow.
    if (readable) this.#headAt = now
    else this.#sentAt = undefined
    this.#timer.check()
    // Last: whoever is told may end the run.
    if (readable) this.#enter({ status: 'streaming' })
  }

  onArrival(): void {
    const timing = this.#timing
    const now = performance.now()
    beginWork(now)
    timing.longestGap = Math.max(timing.longestGap, now - (timing.lastByteAt ?? now))
    timing.lastByteAt = now
  }

  onRead(): void {
    this.#readAt = performance.now()
  }

  onContent(): void {
    this.#timing.firstTokenAt ??= performance.now()
  }

  onEnd(error: CompletionError | undefined): void {
    this.#attempt?.close()
    this.#sentAt = this.#headAt = undefined
    const pageReturn = error && this.#pageReturn(error)
    const conclude = () => this.#guard(() => this.#conclude(error))
    if (pageReturn) void pageReturn.then(conclude)
    else conclude()
  }

  fail(error: CompletionError): void {
    this.#settle({ status: 'error', error })
    // Also one that still connects, which nothing else ends.
    this.#attempt?.abort(error)
  }

  /** Whatever throws on the way, the run settles. */
  #guard<T>(action: () => T): T | undefined {
    try {
      return action()
    } catch (thrown) {
      this.fail(isCompletionError(thrown) ? thrown : runFailed(thrown))
      return undefined
    }
  }

  /** An attempt is over: goes on with the next, or settles. */
  #conclude(error: CompletionError | undefined) {
    if (this.hasSettled() || (error && this.#goOn(error))) return
    const phase: Phase = error ? { status: 'error', error } : { status: 'complete' }
    const cleared = this.#answer.end(error)
    const settle = () => this.#settle(phase)
    if (cleared) void cleared.then(settle, (thrown: unknown) => this.fail(runFailed(thrown)))
    else settle()
  }

  /** Plans the next attempt, if there is to be one. */
  #goOn(error: CompletionError): boolean {
    const { resume, hasContent } = this.#answer
    let delay = resume?.planReopen(error)
    if (delay === undefined) {
      if (hasContent || resume?.position()) return false
      delay = retryDelay(error, this.#attempts, this.options().retry)
      if (delay === undefined) return false
      this.#answer.close()
      this.#answer = new AnswerReader(this)
      this.#phase = { status: 'connecting' }
      Object.assign(this.#timing, { responseAt: undefined, lastByteAt: undefined, longestGap: 0 })
    }
    this.#timer.check()
    scheduleAttempt(
      error,
      delay,
      this.#life.signal,
      (at) =>
        this.#guard(() => {
          this.#nextAttemptAt = at
          this.#enter(this.#phase)
        }),
      () =>
        this.#guard(() => {
          this.#nextAttemptAt = undefined
          this.#attempts++
          this.#enter(this.#phase)
          this.execute()
        }),
    )
    return true
  }

  /**
   * A page that was frozen may never read its response again, and hears of no error either: one that is
   * silent for too long after its return is taken as broken.
   */
  #watchReturn() {
    const attempt = this.#attempt
    const { lastByteAt } = this.#timing
    const timer = setTimeout(() => {
      const isSilent = this.#attempt === attempt && this.#timing.lastByteAt === lastByteAt
      if (!isSilent || this.#sentAt === undefined || this.hasSettled()) return
      const phase = this.#headAt === undefined ? 'connect' : 'body'
      this.onEnd(connectionFailed(phase, new Error('It went silent while the page was frozen.')))
      attempt?.abort('frozen')
    }, returnPatience)
    this.#life.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }

  /** Since when a timeout runs. */
  #since(name: TimeoutName): number | undefined {
    switch (name) {
      case 'response':
        return this.#headAt === undefined ? this.#sentAt : undefined
      case 'firstToken':
        return this.#answer.hasContent ? undefined : this.#sentAt
      case 'idle':
        return this.#headAt === undefined
          ? undefined
          : Math.max(this.#headAt, this.#timing.lastByteAt ?? 0, this.#readAt)
      case 'total':
        return this.#timing.startedAt
    }
  }

  #timeOut(name: TimeoutName) {
    const error = timedOut(name, this.options().timeouts?.[name])
    const attempt = this.#attempt
    if (name === 'total') this.fail(error)
    else this.onEnd(error)
    attempt?.abort(error)
  }

  #settle(phase: Phase) {
    if (this.hasSettled()) return
    this.#phase = phase
    this.#timing.settledAt = performance.now()
    this.#nextAttemptAt = undefined
    this.#life.abort()
    this.#timer.stop()
    this.#attempt?.close()
    this.#answer.close()
    const result = this.#lastState() as State as Settled<State>
    diagnoseBuffering(result, () => this.#answer.resume?.position() !== undefined)
    diagnoseEmptyAnswer(result)
    this.#onSettle(result)
  }

  /** Without the content, where what a format emitted has made it unreadable. */
  #lastState(): RunState<State> {
    try {
      this.#answer.fold.close(this.#phase.status === 'complete')
      return this.state()
    } catch {
      this.#answer.clear()
      return this.state()
    }
  }

  #enter(phase: Phase) {
    this.#phase = phase
    this.#state = undefined
    this.onChange(false)
  }
}
