import type { CompletionError } from '../errors/completion-error.ts'
import type { CompletionSource, SourceContext } from '../request/request-options.ts'
import type { RunFeatures } from './features.ts'
import type { RunOptions } from './options.ts'

/** What reading a response needs from its run, and reports to it. */
export interface ReadingHost {
  /** The options as they are now. */
  options(): RunOptions
  readonly features: RunFeatures
  /** Opens the stream. */
  open(context: SourceContext): CompletionSource | PromiseLike<CompletionSource>
  /** The response's headers have arrived. `readable`: whether its body may be an answer. */
  onHead(readable: boolean): void
  /** Bytes have arrived, or an object. */
  onArrival(): void
  /** A piece of what has arrived has been read. */
  onRead(): void
  /** The first content has arrived, shown or not. */
  onContent(): void
  /** There is something new to show; `urgent` asks to publish it at once. */
  onChange(urgent: boolean): void
  /** All that had arrived has been read. A promise asks to wait before the next read. */
  rest?: (() => Promise<void> | undefined) | undefined
  /** The attempt has ended: with an error, or with the proper end. Called at most once. */
  onEnd(error: CompletionError | undefined): void
  /** Settles the run as failed. */
  fail: (error: CompletionError) => void
}
