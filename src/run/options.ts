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

/** How to read a response. */
export interface ReadOptions {
  /**
   * The wire format. `'auto'` detects it from the content type and the shape of the first event. With a
   * name or a format object, any other format is a `protocol` error.
   *
   * @default 'auto'
   */
  format?: FormatName | CompletionFormat | undefined
  /** @default undefined (no timeout) */
  timeouts?: Timeouts | undefined
  /** Limits that end the run with an error of kind `limit`. The text received so far is kept. */
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
         * @default undefined (no limit)
         */
        textLength?: number | undefined
      }
    | undefined
  /**
   * Shows only text that a check has cleared: the result of `moderationGate({ … })`.
   *
   * @default undefined (all text is shown as it arrives)
   */
  moderate?: Stage | undefined
  /** Internal: returns the stage of a run, which starts with the stage of `moderate`. */
  stage?: ((moderate: Stage | undefined) => Stage) | undefined
  /**
   * Called with the response of every attempt before its body is read, for its status and headers (rate
   * limits, request ids). Do not read its body.
   */
  onResponse?: ((response: Response) => void) | undefined
  /**
   * Called with every wire event in order, including unknown ones, before it is processed. Not called
   * after the run has settled. With `moderate`, called once the event is cleared.
   */
  onEvent?: ((event: WireEvent) => void) | undefined
}

/**
 * The options of a completion: `url` or `source` is required. They are read when they are used, so they
 * can change at any time.
 *
 * @example
 * const shared: Partial<CompletionOptions> = { retry: 2, timeouts: { idle: 30_000 } }
 * useStreamingCompletion({ ...shared, url: '/api/completion' })
 */
export type CompletionOptions<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> = SourceCompletionOptions<Input, State> | UrlCompletionOptions<Input, State>

/** The options of a completion that requests `url`. */
export interface UrlCompletionOptions<Input, State extends CompletionState>
  extends CompletionSettings<Input, State>, UrlOrigin<Input> {}

/** The options of a completion that reads from `source`. */
export interface SourceCompletionOptions<Input, State extends CompletionState>
  extends CompletionSettings<Input, State>, SourceOrigin<Input> {}

/** The same type, but not inferred from the annotation of a callback. */
type Known<State> = State extends infer Same extends CompletionState ? Same : never

/** The options that do not depend on where the stream comes from. */
export interface CompletionSettings<Input, State extends CompletionState = CompletionState>
  extends Omit<RequestOptions<Input>, 'url'>, ReadOptions {
  /**
   * Resends a request that failed before any content arrived: after one of the statuses in
   * {@link RetryOptions}, a failure to connect, a `response` or `firstToken` timeout, or an error that the
   * provider reports inside the stream with one of those statuses or as transient (rate limit, server
   * error, overload). A number sets how many attempts follow the first. `url`, `headers` and `body` are
   * evaluated again for each attempt. After a failure to connect, the next attempt waits until the
   * browser is online. Nothing else, such as showing a tab again, resends a request.
   *
   * @default 0
   */
  retry?: number | RetryOptions | undefined
  /**
   * Reopens a broken stream where it stopped: the result of `resumable({ … })`.
   *
   * @default undefined (a broken stream is an error)
   */
  resume?: Resumption | undefined
  /** @default 'frame' */
  publish?: PublishMode | undefined
  /**
   * Keeps showing the text of the previous run, and nothing else of it, until the first content of the
   * new run arrives. A settled state never contains text of another run. `reset` clears the text.
   *
   * @default false
   */
  keepPreviousText?: boolean | undefined
  /**
   * Called exactly once per run, whatever its outcome, after its final state is published. Errors that it
   * throws are passed to `reportError` and never affect the run.
   */
  onFinish?: ((result: Settled<Known<State>>) => void) | undefined
  /** Called before `onFinish`, only for runs that end with `status: 'error'`. */
  onError?: ((error: CompletionError, result: Failed<Known<State>>) => void) | undefined
}

/** The options that are read during a run. */
export type RunOptions = Pick<
  CompletionSettings<CompletionInput>,
  | 'format'
  | 'limits'
  | 'timeouts'
  | 'onResponse'
  | 'onEvent'
  | 'publish'
  | 'moderate'
  | 'stage'
  | 'resume'
  | 'retry'
>
