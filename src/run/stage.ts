import type { CompletionState, RunningState, SettledState } from '../completion/state.ts'
import type { CompletionContent } from '../completion/state.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import type { ContentEvent } from '../formats/vocabulary/completion-event.ts'
import type { WireEvent } from '../wire/wire-event.ts'

/*
 * A feature that an app imports takes part in a run as a stage between the format's reader and the
 * state. A run has one stage at most, which may be two in series. A step takes effect when the last
 * delivers it:
 *
 *   wire event → format's reader → step → stage → onEvent, fold → published state
 *
 * Without a stage, `onEvent` is called before the reader, and what the reader emits is folded at once.
 * A run only calls these interfaces; the code behind them is reached through an option's object, so it
 * is in a bundle only if the app imported the function that made it.
 */

/** One event of the wire and what it means, in order. */
export interface Step {
  /**
   * `undefined` for what a format says only when the body ends, and for all but the last part of a
   * step that a stage has cut.
   */
  readonly wireEvent: WireEvent | undefined
  /** Never an ending: how the stream ended is the run's business. See {@link StageSession.end}. */
  readonly events: readonly ContentEvent[]
}

/** What `moderationGate` and structured output make. */
export interface Stage {
  /**
   * Not for apps. Begins a session for one answer: an attempt that is retried begins with a new one, a
   * stream that is resumed goes on with its own.
   */
  open(host: StageHost): StageSession
}

/** What a stage can do to its run. After the signal has aborted, nothing here has any effect. */
export interface StageHost {
  /** Aborts once the run has settled, or its answer is thrown away. */
  readonly signal: AbortSignal
  /** Whether the app is told of the events of the wire. */
  hearsEvents(): boolean
  /** Passes a step on. Each step once, in order; a step may be cut in two, see {@link Step}. */
  deliver(step: Step): void
  /**
   * Settles the run as failed at once and closes the connection. What was not delivered is never
   * shown; `withdraw` also takes back what was.
   */
  fail(error: CompletionError, withdraw?: boolean): void
}

export interface StageSession {
  /** A step has arrived. Hold it, or deliver it at once. */
  receive(step: Step): void
  /**
   * Nothing more arrives: the stream has ended, properly or not. Deliver or fail what is held, and then
   * resolve: only then does the next stage hear of the end, and after the last one the run settles.
   * `undefined` stands for a promise that has resolved. Must not reject. Not called after an abort, nor
   * after `fail`.
   *
   * @param content returns all that took effect so far
   * @param error with which the run will settle; `undefined` if it is to be complete
   */
  end(content: () => CompletionContent, error?: CompletionError): Promise<void> | undefined
  /** What to add to a state that is being made. */
  fields?(state: RunningState | SettledState): object
}

/** The states in which a run is, of a union that stages may have added fields to. */
export type RunState<State extends CompletionState> = Exclude<State, { status: 'idle' }>
