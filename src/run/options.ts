import type { CompletionError } from '../errors/completion-error.ts'
import type { CompletionState, Failed, Settled } from '../completion/state.ts'
import type { CompletionFormat } from '../formats/vocabulary/format.ts'
import type { FormatName } from '../formats/resolve-format.ts'
import type { PublishMode } from '../publishing/publisher.ts'
import type {
  CompletionInput,
  SourceOrigin,
  UrlOrigin,
  RequestOptions,
} from '../request/request-options.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { Resumption } from './resumption.ts'
import type { Stage } from './stage.ts'
import type { RetryOptions } from './retry.ts'
import type { Timeouts } from './timeouts.ts'

/** What to read and how, whatever it comes from. */
export interface ReadOptions {
  /**
   * The wire format: `'auto'` decides by content type and the first event's shape; a name or a format
   * object insists on one, and anything else is a `protocol` error.
   *
   * @default 'auto'
   */
  format?: FormatName | CompletionFormat | undefined
  /** @default undefined (no timeout) */
  timeouts?: Timeouts | undefined
  /** Bounds whose crossing ends the run with an error of kind `limit`. What had arrived is kept. */
  limits?:
    | {
        /**
         * The longest single event, counted in UTF-16 code units of its text.
         *
         * @default 16777216 (16 MiB of ASCII)
         */
        eventLength?: number | undefined
        /**
         * The longest output text of all choices together, in UTF-16 code units.
         *
         * @default undefined (no bound)
         */
        textLength?: number | undefined
      }
    | undefined
  /**
   * Shows only text that a check has cleared: what `moderationGate({ … })` gives.
   *
   * @default undefined (all text is shown as it comes)
   */
  moderate?: Stage | undefined
  /** Not for apps: the stages after `moderate`, in their order. Structured output is one. */
  stages?: readonly Stage[] | undefined
  /**
   * Called with the response of every attempt, for its status and headers (limits, identifiers), before
   * its body is read. Its body is not the app's to read.
   */
  onResponse?: ((response: Response) => void) | undefined
  /**
   * Called with every event of the wire, unknown ones included, in order, before it takes effect.
   * Not called any more once the run has settled. With `moderate`, once it is cleared.
   */
  onEvent?: ((event: WireEvent) => void) | undefined
}

/**
 * The options of a completion: `url` or `source` is required. They are read when they are used, so they
 * may change at any time.
 *
 * @example
 * const shared: Partial<CompletionOptions> = { retry: 2, timeouts: { idle: 30_000 } }
 * useStreamingCompletion({ ...shared, url: '/api/completion' })
 */
export type CompletionOptions<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> = SourceCompletionOptions<Input, State> | UrlCompletionOptions<Input, State>

/** The options of a completion whose stream a request to `url` opens. */
export interface UrlCompletionOptions<Input, State extends CompletionState>
  extends CompletionSettings<Input, State>, UrlOrigin<Input> {}

/** The options of a completion whose stream `source` opens. */
export interface SourceCompletionOptions<Input, State extends CompletionState>
  extends CompletionSettings<Input, State>, SourceOrigin<Input> {}

/** The same type; what a callback is annotated with says nothing about it. */
type Known<State> = State extends infer Same extends CompletionState ? Same : never

/** The options of a completion, wherever it comes from. */
export interface CompletionSettings<Input, State extends CompletionState = CompletionState>
  extends Omit<RequestOptions<Input>, 'url'>, ReadOptions {
  /**
   * Sends a request again that failed before any content had come: after the statuses in
   * {@link RetryOptions}, a failure to connect, a `response` or `firstToken` timeout, and an error that
   * the provider reports inside the stream with one of those statuses or as a passing one (rate limit,
   * server error, overload). A number is the count of attempts beyond the first. `url`, `headers` and
   * `body` are asked anew each time. After a failure to connect, no attempt is made while the browser
   * is offline, and the next one when it comes online. Nothing else, such as a tab that is shown again,
   * ever sends a request a second time.
   *
   * @default 0
   */
  retry?: number | RetryOptions | undefined
  /**
   * Reopens a stream that broke where it stopped: what `resumable({ … })` gives.
   *
   * @default undefined (a stream that breaks is an error)
   */
  resume?: Resumption | undefined
  /** @default 'frame' */
  publish?: PublishMode | undefined
  /**
   * Goes on showing the last run's text, and nothing else of it, until the first content of the new
   * one. A run that settles before that has its own, empty text: what a settled state holds is never
   * of another run. Nor does `reset` keep anything.
   *
   * @default false
   */
  keepPreviousText?: boolean | undefined
  /**
   * Called exactly once for every run, whatever its outcome, after its final state is published. An
   * error that it throws is reported and breaks nothing.
   */
  onFinish?: ((result: Settled<Known<State>>) => void) | undefined
  /** Called before `onFinish` for a run that ended with `status: 'error'`, and for no other. */
  onError?: ((error: CompletionError, result: Failed<Known<State>>) => void) | undefined
}

/** The options that are read while a run goes on. */
export type RunOptions = Pick<
  CompletionSettings<CompletionInput>,
  | 'format'
  | 'limits'
  | 'timeouts'
  | 'onResponse'
  | 'onEvent'
  | 'publish'
  | 'moderate'
  | 'stages'
  | 'resume'
  | 'retry'
>
