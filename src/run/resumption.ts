import type { Checkpoint, SettledState } from '../completion/state.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import type { RequestOptions } from '../request/request-options.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { scheduleAttempt } from './schedule-attempt.ts'

/** The result of `resumable`: reopens a broken stream where it stopped. */
export interface Resumption {
  /** Not for apps. @param checkpoint of a run of an earlier page, which is replayed from its beginning */
  open(checkpoint: Checkpoint | undefined): ResumeSession
  /** Not for apps. The options of the request that reopens a stream. */
  request<Input>(options: RequestOptions<Input>, from: Checkpoint): RequestOptions<Input>
  /** Not for apps. Called when a run has settled: cancels it on the server and removes its checkpoint. */
  settle?<Input>(options: RequestOptions<Input>, input: Input, result: SettledState): void
  /** Not for apps. The checkpoint that an earlier page has stored. */
  restore?(): Checkpoint | undefined
}

/** The position of a run in its stream, and how to continue from there. */
export interface ResumeSession {
  /** Called before each connection is opened. */
  beginConnection(): void
  /**
   * Whether an event is new. An event that was processed before is dropped.
   *
   * @throws CompletionError if events are missing before this one
   */
  accept(event: WireEvent): boolean
  /** Called with each completion event of the last accepted wire event. */
  observe(event: CompletionEvent): void
  /** The checkpoint to store in order to replay the stream; `undefined` while there is nothing to replay. */
  checkpoint(): Checkpoint | undefined
  /** Where the next connection continues; `undefined` requests a new completion. */
  position(): Checkpoint | undefined
  /**
   * Called when the stream broke, or could not be reopened. Returns how long to wait before reopening it, in
   * milliseconds; `undefined` if that is impossible, or not worth another attempt.
   */
  planReopen(error: CompletionError): number | undefined
  readonly scheduleAttempt: typeof scheduleAttempt
}
