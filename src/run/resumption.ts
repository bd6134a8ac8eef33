import type { Checkpoint, SettledState } from '../completion/state.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import type { RequestOptions } from '../request/request-options.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { scheduleAttempt } from './schedule-attempt.ts'

/** What `resumable` makes: reopens a stream that broke where it stopped. */
export interface Resumption {
  /** Not for apps. @param checkpoint where an earlier page's run was, to replay it from its beginning */
  open(checkpoint: Checkpoint | undefined): ResumeSession
  /** Not for apps. The options of the request that reopens a stream. */
  request<Input>(options: RequestOptions<Input>, from: Checkpoint): RequestOptions<Input>
  /** Not for apps. A run has settled: cancels it on the server, and forgets what was stored of it. */
  settle?<Input>(options: RequestOptions<Input>, input: Input, result: SettledState): void
  /** Not for apps. The checkpoint that an earlier page has stored. */
  restore?(): Checkpoint | undefined
}

/** Where in its stream a run is, and how to go on from there. */
export interface ResumeSession {
  /** A connection is about to be opened, the first or another one. */
  beginConnection(): void
  /**
   * Whether an event has not been seen before; one that has is dropped unread.
   *
   * @throws CompletionError where events are missing before this one
   */
  accept(event: WireEvent): boolean
  /** Told of everything that the last accepted event means. */
  observe(event: CompletionEvent): void
  /** What an app may store to replay the stream; `undefined` while there is nothing to replay. */
  checkpoint(): Checkpoint | undefined
  /** From where the next connection is to read on; `undefined` asks for a new request. */
  position(): Checkpoint | undefined
  /**
   * The stream broke, or could not be reopened. How long to wait before reopening it, in milliseconds;
   * `undefined` where that is impossible or not worth another attempt.
   */
  planReopen(error: CompletionError): number | undefined
  readonly scheduleAttempt: typeof scheduleAttempt
}
