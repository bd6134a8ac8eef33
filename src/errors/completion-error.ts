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

/** The timeout that expired, by its name in the option `timeouts`. */
export type TimeoutName = 'response' | 'firstToken' | 'idle' | 'total'

/** An issue that a schema reports, as in Standard Schema. */
export interface ValidationIssue {
  readonly message: string
  /** The path to the invalid part of the value. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** The fields of a {@link CompletionError}. All except `kind` and `message` depend on the kind. */
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
 * Neither the message nor the cause ever contains the headers or the body of the request.
 */
export class CompletionError extends Error {
  override readonly name = 'CompletionError' as const

  /** The kind of failure, to decide what to do next. */
  readonly kind!: CompletionErrorKind

  /** `http`: the response's status. `api`: the status that the provider named, if it named one. */
  readonly status: number | undefined

  /** `http`, `api`: the provider's code, such as `'insufficient_quota'`. Numbers are converted to text. */
  readonly code: string | undefined

  /** `http`, `api`: the provider's error type, such as `'invalid_request_error'`. */
  readonly type: string | undefined

  /** `http`, `api`: the request parameter that the provider rejected. */
  readonly param: string | undefined

  /** `http`, `api`: the provider's identifier of the request, for support requests. */
  readonly requestId: string | undefined

  /** `http`: how long the server asks the client to wait before the next attempt, in milliseconds. */
  readonly retryAfter: number | undefined

  /** `network`: whether connecting or reading the body failed. */
  readonly phase: NetworkPhase | undefined

  /** `timeout`: which one expired. */
  readonly timeout: TimeoutName | undefined

  /** `http`, `api`: the body that the server sent: parsed if it is JSON, otherwise its beginning as text. */
  readonly body: unknown

  /** `validation`: the issues that the schema reported; `undefined` if the schema was not called. */
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
