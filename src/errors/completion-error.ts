/** What went wrong. Every kind keeps the text received so far. */
export type CompletionErrorKind =
  | 'http'
  | 'network'
  | 'timeout'
  | 'truncated'
  | 'protocol'
  | 'api'
  | 'limit'
  | 'moderation'
  | 'validation'
  | 'app'

/** Where a connection failed: before the response's headers, or while its body was read. */
export type NetworkPhase = 'connect' | 'body'

/** The timeout that passed, as it is named in the option `timeouts`. */
export type TimeoutName = 'response' | 'firstToken' | 'idle' | 'total'

/** An issue that a schema reports, as in Standard Schema. */
export interface ValidationIssue {
  readonly message: string
  /** Where in the value. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What a {@link CompletionError} is made of. All but `kind` and `message` depend on the kind. */
export interface CompletionErrorInit {
  kind: CompletionErrorKind
  message: string
  status?: number | undefined
  code?: string | undefined
  type?: string | undefined
  param?: string | undefined
  requestId?: string | undefined
  retryAfter?: number | undefined
  phase?: NetworkPhase | undefined
  timeout?: TimeoutName | undefined
  body?: unknown
  issues?: readonly ValidationIssue[] | undefined
  cause?: unknown
}

/**
 * Why a run failed. Found in `state.error` while `state.status` is `'error'`, and nowhere else: the
 * promise of `start` never rejects with it, and an abort is not an error.
 *
 * Neither the message nor the cause ever holds the headers or the body of the request.
 */
export class CompletionError extends Error {
  override readonly name = 'CompletionError' as const

  /** What went wrong, to decide what to do next. */
  readonly kind!: CompletionErrorKind

  /** `http`: the response's status. `api`: the status that the provider named, if it named one. */
  readonly status: number | undefined

  /** `http`, `api`: the provider's code, such as `'insufficient_quota'`. Numbers come as text. */
  readonly code: string | undefined

  /** `http`, `api`: the provider's error type, such as `'invalid_request_error'`. */
  readonly type: string | undefined

  /** `http`, `api`: the request parameter that the provider objects to. */
  readonly param: string | undefined

  /** `http`, `api`: the provider's identifier of the request, for its support. */
  readonly requestId: string | undefined

  /** `http`: how long the server asks to wait before the next try, in milliseconds. */
  readonly retryAfter: number | undefined

  /** `network`: whether connecting or reading the body failed. */
  readonly phase: NetworkPhase | undefined

  /** `timeout`: which one passed. */
  readonly timeout: TimeoutName | undefined

  /** `http`, `api`: what the server sent, parsed if it was JSON, cut to a bounded length if not. */
  readonly body: unknown

  /** `validation`: what the schema objects to; `undefined` if the schema was not called. */
  readonly issues: readonly ValidationIssue[] | undefined

  constructor({ message, cause, ...fields }: CompletionErrorInit) {
    super(message, cause === undefined ? undefined : { cause })
    Object.assign(this, fields)
  }
}

/**
 * Whether a value is a {@link CompletionError}. Recognises one by its name too, so it also holds for
 * an error from another copy of this package or from another window.
 */
export function isCompletionError(value: unknown): value is CompletionError {
  return (
    value instanceof CompletionError || (value instanceof Error && value.name === 'CompletionError')
  )
}
