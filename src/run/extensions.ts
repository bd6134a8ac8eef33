import type { CompletionError } from '../errors/completion-error.ts'
import type { Checkpoint, SettledState } from '../completion/state.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { RequestOptions } from './options.ts'
import type { RunningState } from './run.ts'

/*
 * The seams at which a feature that an app imports takes part in a run. What every event goes through:
 *
 *   wire event → resume.accept → format's reader → (resume.note) → gate.receive ⇢ gate host.deliver
 *              → onEvent, fold → published state
 *
 * Without a gate, `onEvent` is called before the reader, and what the reader emits is folded at once.
 * A run only calls these interfaces; the code behind them is reached through the option's object, so it
 * is in a bundle only if the app imported the function that made it.
 */

/** One event of the wire and what it means, in order. */
export interface Step {
  /** `undefined` for what a format says only when the body ends. */
  readonly event: WireEvent | undefined
  /** Never an ending: how the stream ended is the run's business. See {@link GateSession.end}. */
  readonly meanings: readonly CompletionEvent[]
}

/**
 * What `moderationGate` makes: holds back what has arrived until it is cleared. One session per
 * answer: an attempt that is retried begins with a new one, a stream that is resumed goes on with its
 * own.
 */
export interface ModerationGate {
  /** Not for apps. */
  open(host: GateHost): GateSession
}

/** What a gate can do to its run. After the signal has aborted, nothing here has any effect. */
export interface GateHost {
  /** Aborts once the run has settled, or its answer is thrown away. Pass it on to the check. */
  readonly signal: AbortSignal
  /**
   * Lets a step take effect: `onEvent`, then the state, which is published as the options say. Deliver
   * each step once, in order. A step may be cut in two: `event` belongs to the first part, and the
   * other is delivered with `undefined`.
   */
  deliver(event: WireEvent | undefined, meanings: readonly CompletionEvent[]): void
  /**
   * Settles the run as failed at once and closes the connection. What was not delivered is never
   * shown; `withdraw` also takes back what was.
   */
  fail(error: CompletionError, withdraw?: boolean): void
  /** The state as it is now, with all that was delivered. */
  state(): RunningState | SettledState
}

/** Keeps the text that is checked in a fold of its own, made from the meanings of every step. */
export interface GateSession {
  /** A step has arrived. Hold it, or deliver it at once. */
  receive(step: Step): void
  /**
   * Nothing more arrives: the stream has ended, properly or not. Check what is left, deliver or fail,
   * and then resolve: only then does the run settle with its outcome. `undefined`, where nothing is
   * held, settles it at once. Must not reject. Not called after an abort, nor after `fail`.
   *
   * @param error with which the run will settle; `undefined` if it is to be complete
   */
  end(error?: CompletionError): Promise<void> | undefined
  /** What to add to a state that is being made. */
  fields?(state: RunningState | SettledState): object
}

/** What `resumable` makes: reopens a stream that broke where it stopped. */
export interface Resumption {
  /** Not for apps. @param checkpoint where an earlier page's run was, to replay it from its beginning */
  open(checkpoint: Checkpoint | undefined): ResumeSession
  /** Not for apps. The options of the request that reopens a stream. */
  request<Input>(options: RequestOptions<Input>, from: Checkpoint): RequestOptions<Input>
}

/** Where in its stream a run is, and how to go on from there. */
export interface ResumeSession {
  /**
   * Whether an event has not been seen before; one that has is dropped unread.
   *
   * @throws CompletionError where events are missing before this one
   */
  accept(event: WireEvent): boolean
  /** Told of everything that the last accepted event means. */
  note(meaning: CompletionEvent): void
  /** What an app may store to replay the stream; `undefined` while there is nothing to replay. */
  checkpoint(): Checkpoint | undefined
  /** From where the attempt that begins now is to read on; `undefined` asks for a new request. */
  from(): Checkpoint | undefined
  /**
   * The stream broke, or could not be reopened. How long to wait before reopening it, in milliseconds;
   * `undefined` where that is impossible or not worth another attempt.
   */
  broke(error: CompletionError): number | undefined
}
