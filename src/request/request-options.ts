import type { Checkpoint } from '../completion/state.ts'
import type { WireBody } from '../wire/body.ts'

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

/**
 * What `start` takes if the options do not say more: text, or an object such as a request's body. An event
 * is no input, so `onClick={start}` is a type error.
 */
export type CompletionInput =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | {
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- no other index takes interfaces and classes
      readonly [name: string]: any
      readonly preventDefault?: 'An event is no input. Write onClick={() => start(input)}'
    }

/** What opens a stream. */
interface Origins<Input> {
  /** Where to send the request: the app's own proxy. A function gets the input of `start`. */
  url: string | URL | ((input: Input) => string | URL)
  /**
   * Opens the stream instead of a request to `url`: a `Response`, its body, or an async iterable of
   * events, bytes or text, such as the `openai` package's streams. Called once for every attempt. With
   * both, `source` is used.
   */
  source: (input: Input, context: SourceContext) => MaybePromise<CompletionSource>
}

/** A completion that a request to `url` opens, unless there is a `source`. */
export interface UrlOrigin<Input> extends Pick<Origins<Input>, 'url'> {
  source?: Origins<Input>['source'] | undefined
}

/** A completion that `source` opens. */
export interface SourceOrigin<Input> extends Pick<Origins<Input>, 'source'> {
  // Without undefined: shared options may be spread after a `url`.
  url?: Origins<Input>['url']
}

/** Where a completion comes from: `url` or `source` is required. */
export type CompletionOrigin<Input> = SourceOrigin<Input> | UrlOrigin<Input>

/** How the request is made that `start` sends. */
export interface RequestOptions<Input> {
  /** Where to send it: the app's own proxy. A function gets the input of `start`. */
  url?: Origins<Input>['url'] | undefined
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
