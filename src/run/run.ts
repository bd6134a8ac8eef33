import { runFailed } from '../errors/app.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import { beginTiming } from '../completion/begin-timing.ts'
import type { Checkpoint, CompletionState, CompletionTiming, Settled } from '../completion/state.ts'
import { connectionFailed } from '../errors/network.ts'
import { AnswerReader } from './answer-reader.ts'
import { createAttempt, type Attempt } from './attempt.ts'
import type { AttemptTimes } from './attempt-times.ts'
import { diagnoseBuffering } from '../diagnosis/diagnose-buffering.ts'
import { diagnoseEmptyAnswer } from '../diagnosis/diagnose-empty-answer.ts'
import type { ReadingHost } from './reading-host.ts'
import { beginWork } from '../publishing/time-slice.ts'
import type { RunState } from './stage.ts'

/** The state of a run, without the content. */
type Phase =
  | { status: 'connecting' | 'streaming' | 'complete' }
  | { status: 'aborted'; abortReason: unknown }
  | { status: 'error'; error: CompletionError }

/**
 * The interface between a run and the code that started it. `onChange` is never called after `onSettle`.
 */
export interface RunHost<State extends CompletionState> extends Pick<
  ReadingHost,
  'options' | 'features' | 'open' | 'onChange' | 'rest'
> {
  /** The run settled. Called exactly once. */
  onSettle(result: Settled<State>): void
}

/**
 * One run, from its start through all its attempts to the state in which it settles. Events after that (a
 * late chunk, a late rejection, a second abort) change nothing and call no callbacks.
 */
export interface Run<State extends CompletionState> {
  hasSettled(): boolean
  /** Starts the run. The host receives the outcome. */
  execute(): void
  /** Call it when the options may have changed: a timeout that was set or lowered applies from now on. */
  reviewOptions(): void
  /** Settles as `aborted` and closes the connection. Does nothing if the run has settled. */
  abort(reason: unknown): void
  /** Returns the current state: immutable, and the same reference as long as nothing changes. */
  state(): RunState<State>
}

/** @throws TypeError for an option of the wrong type */
export function createRun<State extends CompletionState = CompletionState>(
  host: RunHost<State>,
  checkpoint?: Checkpoint,
): Run<State> {
  const { features } = host
  const timing: { -readonly [Field in keyof CompletionTiming]: CompletionTiming[Field] } =
    beginTiming()
  const times: AttemptTimes = { sentAt: undefined, headAt: undefined, activeAt: 0 }
  /** Aborts when the run settles. */
  const life = new AbortController()
  let attempts = 1
  let attempt: Attempt | undefined
  let nextAttemptAt: number | undefined
  let phase: Phase = { status: 'connecting' }
  let state: RunState<State> | undefined

  const reading: ReadingHost = {
    ...host,
    onHead(readable) {
      const now = performance.now()
      timing.responseAt ??= now
      // The body of an error has its own time limit, and is more informative than a timeout.
      if (readable) times.headAt = now
      else times.sentAt = undefined
      timeouts?.check()
      // Last, because a subscriber may end the run.
      if (readable) enter({ status: 'streaming' })
    },
    onArrival() {
      const now = performance.now()
      beginWork(now)
      timing.longestGap = Math.max(timing.longestGap, now - (timing.lastByteAt ?? now))
      timing.lastByteAt = times.activeAt = now
    },
    onRead() {
      times.activeAt = performance.now()
    },
    onContent() {
      timing.firstTokenAt ??= performance.now()
    },
    onEnd(error) {
      attempt?.close()
      times.sentAt = times.headAt = undefined
      const pageReturn = error && leaving?.(error)
      const proceed = () => guard(() => conclude(error))
      if (pageReturn) void pageReturn.then(proceed)
      else proceed()
    },
    fail(error) {
      settle({ status: 'error', error })
      // Also an attempt that is still connecting, which nothing else ends.
      attempt?.abort(error)
    },
  }
  const { fail } = reading
  let answer = new AnswerReader(reading, checkpoint)

  const timeouts = features.watchTimeouts?.({
    limits: () => guard(() => host.options().timeouts),
    timing,
    times,
    onTimeout(error) {
      if (error.timeout === 'total') fail(error)
      else breakOff(error)
    },
  })
  const leaving = features.watchPage?.({
    signal: life.signal,
    times,
    onSilence() {
      const cause = new Error('It went silent while the page was frozen.')
      breakOff(connectionFailed(times.headAt === undefined ? 'connect' : 'body', cause))
    },
  })

  const hasSettled = () => timing.settledAt !== undefined

  /** Settles the run as failed if the action throws. */
  function guard<T>(action: () => T): T | undefined {
    try {
      return action()
    } catch (thrown) {
      fail(runFailed(thrown))
      return undefined
    }
  }

  function execute() {
    if (hasSettled()) return
    guard(() => {
      const { resume, problem } = answer
      if (problem) throw problem
      features.verify?.(host.options())
      times.sentAt = performance.now()
      attempt = createAttempt(reading, answer)
      timeouts?.check()
      resume?.beginConnection()
      void attempt.read({ attempt: attempts, resumeFrom: resume?.position() })
    })
  }

  /** Ends the current attempt with an error that it does not report itself. */
  function breakOff(error: CompletionError) {
    const broken = attempt
    reading.onEnd(error)
    broken?.abort(error)
  }

  /** Called when an attempt has ended. Continues with the next one, or settles. */
  function conclude(error: CompletionError | undefined) {
    if (hasSettled() || (error && goOn(error))) return
    const ended: Phase = error ? { status: 'error', error } : { status: 'complete' }
    const cleared = answer.end(error)
    if (cleared) {
      void cleared.then(
        () => settle(ended),
        (thrown: unknown) => fail(runFailed(thrown)),
      )
    } else settle(ended)
  }

  /** Schedules the next attempt, if there is one. */
  function goOn(error: CompletionError): boolean {
    const { resume, hasContent } = answer
    let delay = resume?.planReopen(error)
    if (delay === undefined) {
      if (hasContent || resume?.position()) return false
      delay = features.retryDelay?.(error, attempts, host.options().retry)
      if (delay === undefined) return false
      answer.close()
      answer = new AnswerReader(reading)
      phase = { status: 'connecting' }
      Object.assign(timing, { responseAt: undefined, lastByteAt: undefined, longestGap: 0 })
    }
    timeouts?.check()
    const schedule = resume?.scheduleAttempt ?? features.scheduleAttempt
    schedule?.(
      error,
      delay,
      life.signal,
      (at) =>
        guard(() => {
          nextAttemptAt = at
          enter(phase)
        }),
      () =>
        guard(() => {
          nextAttemptAt = undefined
          attempts++
          enter(phase)
          execute()
        }),
    )
    return true
  }

  function settle(ended: Phase) {
    if (hasSettled()) return
    phase = ended
    timing.settledAt = performance.now()
    nextAttemptAt = undefined
    life.abort()
    timeouts?.stop()
    attempt?.close()
    answer.close()
    const result = lastState() as State as Settled<State>
    diagnoseBuffering(result, () => answer.resume?.position() !== undefined)
    diagnoseEmptyAnswer(result)
    host.onSettle(result)
  }

  /** Without the content, if what a format emitted makes it unreadable. */
  function lastState(): RunState<State> {
    try {
      answer.fold.close(phase.status === 'complete')
      return currentState()
    } catch {
      answer.clear()
      return currentState()
    }
  }

  function enter(next: Phase) {
    phase = next
    state = undefined
    host.onChange(false)
  }

  function currentState(): RunState<State> {
    const { fold, resume } = answer
    if (state && !fold.changed) return state
    const whole: RunState<CompletionState> = {
      ...fold.snapshot(),
      attempt: attempts,
      nextAttemptAt,
      checkpoint: phase.status === 'complete' ? undefined : resume?.checkpoint(),
      timing: { ...timing, textEvents: fold.textEvents },
      error: undefined,
      abortReason: undefined,
      ...phase,
    }
    // The stage adds the fields of a wider union, depending on the status.
    return (state = answer.complete(whole) as RunState<State>)
  }

  return {
    hasSettled,
    execute,
    reviewOptions() {
      if (!hasSettled()) timeouts?.check()
    },
    abort(reason) {
      if (hasSettled()) return
      settle({ status: 'aborted', abortReason: reason })
      attempt?.abort(reason)
    },
    state: currentState,
  }
}
