import type { CompletionError } from '../errors.ts'
import type {
  Checkpoint,
  CompletionTiming,
  ConnectingState,
  SettledState,
  StreamingState,
} from '../completion/state.ts'
import { Answer, type AnswerHost, type AnswerOptions } from './answer.ts'
import { Attempt, type AttemptHost } from './attempt.ts'
import { beginWork } from './time-slice.ts'

export type RunningState = ConnectingState | StreamingState

/** The state of a run, without the content. */
type Phase =
  | { status: 'connecting' | 'streaming' | 'complete' }
  | { status: 'aborted'; abortReason: unknown }
  | { status: 'error'; error: CompletionError }

export interface RunHost extends Pick<AttemptHost, 'open'> {
  /** The options as they are now. */
  options(): AnswerOptions
  /** The state changed. `urgent` asks to publish it at once. Never called once the run has settled. */
  onChange(urgent: boolean): void
  /** The run settled. Called exactly once. */
  onSettle(result: SettledState): void
}

/**
 * One run, from its start over all its attempts to the one state in which it settles. What happens
 * after that (a late chunk, a late rejection, a second abort) changes nothing and calls nobody.
 */
export class Run implements AnswerHost, AttemptHost {
  readonly options: RunHost['options']
  readonly open: RunHost['open']
  readonly onChange: RunHost['onChange']
  readonly #onSettle: RunHost['onSettle']
  #answer: Answer
  #attempt: Attempt | undefined
  #attempts = 1
  #phase: Phase = { status: 'connecting' }
  readonly #timing: { -readonly [Field in keyof CompletionTiming]: CompletionTiming[Field] } = {
    startedAt: performance.now(),
    responseAt: undefined,
    firstTokenAt: undefined,
    lastByteAt: undefined,
    settledAt: undefined,
    textEvents: 0,
    longestGap: 0,
  }
  #state: RunningState | SettledState | undefined

  /** @throws TypeError for an option that is not the object it should be */
  constructor(host: RunHost, checkpoint?: Checkpoint) {
    this.options = () => host.options()
    this.open = (context) => host.open(context)
    this.onChange = (urgent) => host.onChange(urgent)
    this.#onSettle = (result) => host.onSettle(result)
    this.#answer = new Answer(this, checkpoint)
  }

  hasSettled(): boolean {
    return this.#timing.settledAt !== undefined
  }

  /** Begins. The outcome is told to the host. */
  execute() {
    if (this.hasSettled()) return
    this.#attempt = new Attempt(this, this.#answer)
    void this.#attempt.read({ attempt: this.#attempts, resumeFrom: this.#answer.resume?.from() })
  }

  /** Settles as `aborted`, closes the connection. Nothing happens if the run has settled. */
  abort(reason: unknown) {
    if (this.hasSettled()) return
    this.#settle({ status: 'aborted', abortReason: reason })
    this.#attempt?.abort(reason)
  }

  /** The state as it is now: immutable, and the same reference as long as nothing changes. */
  state(): RunningState | SettledState {
    const { fold, resume } = this.#answer
    if (this.#state && !fold.changed) return this.#state
    const state: RunningState | SettledState = {
      ...fold.snapshot(),
      attempt: this.#attempts,
      nextAttemptAt: undefined,
      checkpoint: this.#phase.status === 'complete' ? undefined : resume?.checkpoint(),
      timing: { ...this.#timing, textEvents: fold.textEvents },
      error: undefined,
      abortReason: undefined,
      ...this.#phase,
    }
    this.#state = state
    return state
  }

  onHead(readable: boolean) {
    this.#timing.responseAt ??= performance.now()
    if (readable) this.#enter({ status: 'streaming' })
  }

  onArrival() {
    const timing = this.#timing
    const now = performance.now()
    beginWork(now)
    timing.longestGap = Math.max(timing.longestGap, now - (timing.lastByteAt ?? now))
    timing.lastByteAt = now
  }

  onContent() {
    this.#timing.firstTokenAt ??= performance.now()
  }

  onEnd(error: CompletionError | undefined) {
    this.#attempt?.close()
    const phase: Phase = error ? { status: 'error', error } : { status: 'complete' }
    const cleared = this.#answer.end()
    if (cleared) void cleared.then(() => this.#settle(phase))
    else this.#settle(phase)
  }

  fail(error: CompletionError) {
    this.#settle({ status: 'error', error })
  }

  #settle(phase: Phase) {
    if (this.hasSettled()) return
    this.#answer.fold.close(phase.status === 'complete')
    this.#phase = phase
    this.#timing.settledAt = performance.now()
    this.#attempt?.close()
    this.#answer.close()
    this.#onSettle(this.state() as SettledState)
  }

  #enter(phase: Phase) {
    this.#phase = phase
    this.#state = undefined
    this.onChange(false)
  }
}
