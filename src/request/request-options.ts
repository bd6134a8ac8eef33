import type { Checkpoint } from '../completion/state.ts'
import type { WireBody } from '../wire/body.ts'

type MaybePromise<T> = T | PromiseLike<T>

/** What a `source` may return: a response, its body, or events from another library. */
export type CompletionSource = Response | WireBody

/** The attempt that a `source` opens. */
export interface SourceContext {
  /** Aborts when the run is aborted. Pass it on to everything that the source opens. */
  signal: AbortSignal
  /** The number of the attempt within the run, from 1. */
  attempt: number
  /**
   * Where to continue a stream. With neither a sequence number nor an event id, the stream is to be
   * replayed from its beginning. `undefined` requests a new completion.
   */
  resumeFrom: Checkpoint | undefined
}

/**
 * The default type of the input: text, or an object such as a request body. Events are excluded, so
 * `onClick={start}` is a type error.
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
      readonly preventDefault?: 'An event is not an input. Write onClick={() => start(input)}'
    }

/** The options that open a stream. */
interface Origins<Input> {
  /** Where to send the request: your own proxy. A function receives the input of `start`. */
  url: string | URL | ((input: Input) => string | URL)
  /**
   * Opens the stream, instead of a request to `url`. Returns a `Response`, its body, or an async iterable
   * of events, bytes or text, such as a stream of the `openai` package. Called once per attempt. If both
   * are set, `source` is used.
   */
  source: (input: Input, context: SourceContext) => MaybePromise<CompletionSource>
}

/** Opens streams with a request to `url`, unless there is a `source`. */
export interface UrlOrigin<Input> extends Pick<Origins<Input>, 'url'> {
  source?: Origins<Input>['source'] | undefined
}

/** Opens streams with `source`. */
export interface SourceOrigin<Input> extends Pick<Origins<Input>, 'source'> {
  // Without undefined: shared options may be spread after a `url`.
  url?: Origins<Input>['url']
}

/** Where a completion comes from: `url` or `source` is required. */
export type CompletionOrigin<Input> = SourceOrigin<Input> | UrlOrigin<Input>

/** The request that `start` sends. */
export interface RequestOptions<Input> {
  /** Where to send it: your own proxy. A function receives the input of `start`. */
  url?: Origins<Input>['url'] | undefined
  /** @default 'POST' */
  method?: string | undefined
  /**
   * Headers to send in addition to `Content-Type` and `Accept`, or a function of the input that returns
   * them. It may be async and is called for every attempt, so it can return a fresh token.
   */
  headers?: HeadersInit | ((input: Input) => MaybePromise<HeadersInit>) | undefined
  /** @default 'same-origin' */
  credentials?: RequestCredentials | undefined
  /**
   * Maps the input to the request body. The result is sent as JSON, unless it is a string or another
   * body that `fetch` accepts. By default the input itself is sent: a string as `{ input }`; `FormData`,
   * `Blob` and `URLSearchParams` unchanged; anything else as JSON.
   */
  body?: ((input: Input) => unknown) | undefined
  /** @default the global `fetch` */
  fetch?: ((url: string | URL, init: RequestInit) => Promise<Response>) | undefined
}
