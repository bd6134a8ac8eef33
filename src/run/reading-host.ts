import type { CompletionError } from '../errors/completion-error.ts'
import type { CompletionSource, SourceContext } from '../request/request-options.ts'
import type { RunFeatures } from './features.ts'
import type { RunOptions } from './options.ts'

/** The interface between a run and the code that reads its response. */
export interface ReadingHost {
  /** Returns the current options. */
  options(): RunOptions
  readonly features: RunFeatures
  /** Opens the stream. */
  open(context: SourceContext): CompletionSource | PromiseLike<CompletionSource>
  /** Called when the response headers have arrived. `readable`: whether the body may be an answer. */
  onHead(readable: boolean): void
  /** Called when bytes, or an object, have arrived. */
  onArrival(): void
  /** Called when a piece of the data has been read. */
  onRead(): void
  /** Called when the first content has arrived, shown or not. */
  onContent(): void
  /** Called when there is something new to show. `urgent` asks to publish it immediately. */
  onChange(urgent: boolean): void
  /** Called when all data that has arrived has been read. A promise delays the next read. */
  rest?: (() => Promise<void> | undefined) | undefined
  /** Called at most once, when the attempt has ended: with an error, or with the proper end. */
  onEnd(error: CompletionError | undefined): void
  /** Settles the run as failed. */
  fail: (error: CompletionError) => void
}
