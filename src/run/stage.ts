import type { CompletionState, RunningState, SettledState } from '../completion/state.ts'
import type { CompletionContent } from '../completion/state.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import type { ContentEvent } from '../formats/vocabulary/completion-event.ts'
import type { WireEvent } from '../wire/wire-event.ts'

/*
 * A feature that an app imports is a stage of the run, between the format's reader and the state. A run has
 * at most one stage, which may consist of two in series. A step takes effect when the last stage delivers it:
 *
 *   wire event → format's reader → step → stage → onEvent, fold → published state
 *
 * Without a stage, `onEvent` is called before the reader, and the events that the reader emits are folded
 * immediately. A run only calls these interfaces. Their implementation is reached through an option's
 * object, so it is in a bundle only if the app imports the function that creates that object.
 */

/** One wire event and its completion events, in order. */
export interface Step {
  /**
   * `undefined` for events that a format emits only when the body ends, and for all but the last part of a
   * step that a stage has cut.
   */
  readonly wireEvent: WireEvent | undefined
  /** Never an ending: the run handles the end of the stream. See {@link StageSession.end}. */
  readonly events: readonly ContentEvent[]
}

/** The result of `moderationGate` and of structured output. */
export interface Stage {
  /**
   * Not for apps. Opens a session for one answer: a retried attempt gets a new session, a resumed stream
   * keeps its own.
   */
  open(host: StageHost): StageSession
}

/** The operations of a stage on its run. After the signal has aborted, none of them has any effect. */
export interface StageHost {
  /** Aborts once the run has settled, or its answer is discarded. */
  readonly signal: AbortSignal
  /** Whether the app receives the wire events. */
  hearsEvents(): boolean
  /** Delivers a step. Each step once, in order; a step may be cut in two, see {@link Step}. */
  deliver(step: Step): void
  /**
   * Settles the run as failed immediately and closes the connection. Steps that were not delivered are
   * never shown; `withdraw` also removes those that were.
   */
  fail(error: CompletionError, withdraw?: boolean): void
}

export interface StageSession {
  /** Called when a step has arrived. Holds it, or delivers it immediately. */
  receive(step: Step): void
  /**
   * Called when the stream has ended, properly or not. Delivers the held steps, or fails, and then resolves.
   * Only then is the end passed to the next stage; after the last stage, the run settles. `undefined` counts
   * as a resolved promise. Must not reject. Not called after an abort or after `fail`.
   *
   * @param content returns the content that took effect so far
   * @param error the error of the run; `undefined` if the run will be complete
   */
  end(content: () => CompletionContent, error?: CompletionError): Promise<void> | undefined
  /** Returns the fields to add to a new state. */
  fields?(state: RunningState | SettledState): object
}

/** The states of a run, of a union that stages may have added fields to. */
export type RunState<State extends CompletionState> = Exclude<State, { status: 'idle' }>
