import type { CompletionError } from '../errors/completion-error.ts'
import type { Checkpoint, ErrorState, SettledState } from '../completion/state.ts'
import type { CompletionFormat } from '../formats/vocabulary/format.ts'
import type { FormatName } from '../formats/resolve-format.ts'
import type { WireBody } from '../wire/body.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { ModerationGate, Resumption } from './extensions.ts'
import type { RetryOptions } from './retry.ts'
import type { Timeouts } from './timeouts.ts'

type MaybePromise<T> = T | PromiseLike<T>

/** What a `source` may give: a response, its body, or events from elsewhere. */
export type CompletionSource = Response | WireBody

/** What a `source` is told about the attempt that it is to open. */
export interface SourceContext {
  /** Aborts when the run is aborted. Pass it on to what the source opens. */
  signal: AbortSignal
  /** Which attempt of the run this is, from 1. */
  attempt: number
  /**
   * Set where a stream is to be read on, or, with neither a sequence number nor an event id in it,
   * replayed from its beginning. `undefined` asks for a new completion.
   */
  resumeFrom: Checkpoint | undefined
}

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
  moderate?: ModerationGate | undefined
  /**
   * Called with every event of the wire, unknown ones included, in order, before it takes effect.
   * Not called any more once the run has settled. With `moderate`, once it is cleared.
   */
  onEvent?: ((event: WireEvent) => void) | undefined
}

/** How the request is made that `start` sends. */
export interface RequestOptions<Input> {
  /** Where to send the request: the app's own proxy. A function gets the input of `start`. */
  url?: string | URL | ((input: Input) => string | URL) | undefined
  /**
   * Opens the stream instead of a request to `url`: a `Response`, its body, or an async iterable of
   * events, bytes or text, such as the `openai` package's streams. Called once for every attempt.
   */
  source?: ((input: Input, context: SourceContext) => MaybePromise<CompletionSource>) | undefined
  /** @default 'POST' */
  method?: string | undefined
  /**
   * Headers to add to `Content-Type` and `Accept`, or a function of the input that gives them. It may
   * be async, and is called for every attempt, so a token in it is always fresh.
   */
  headers?: HeadersInit | ((input: Input) => MaybePromise<HeadersInit>) | undefined
  /** @default 'same-origin' */
  credentials?: RequestCredentials | undefined
  /**
   * Maps the input to the request's body. What it gives is sent as JSON, unless it is a string or
   * another body that `fetch` takes as it is. By default the input itself is sent: a string as
   * `{ input }`; `FormData`, `Blob` and `URLSearchParams` as they are; all else as JSON.
   */
  body?: ((input: Input) => unknown) | undefined
  /** @default the global `fetch` */
  fetch?: ((url: string | URL, init: RequestInit) => Promise<Response>) | undefined
}

/**
 * When subscribers are told: at most once a frame of the screen, after every event (`'sync'`, for
 * tests and for work off the page), or at most once in so many milliseconds. The first content and
 * every settled state are published at once, whatever this says.
 */
export type PublishMode = 'frame' | 'sync' | { every: number }

/** The options of a completion. They are read when they are used, so they may change at any time. */
export interface CompletionOptions<Input = unknown> extends RequestOptions<Input>, ReadOptions {
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
  onFinish?: ((result: SettledState) => void) | undefined
  /** Called before `onFinish` for a run that ended with `status: 'error'`, and for no other. */
  onError?: ((error: CompletionError, result: ErrorState) => void) | undefined
}
