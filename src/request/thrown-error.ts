import {
  CompletionError,
  isCompletionError,
  type NetworkPhase,
} from '../errors/completion-error.ts'
import { apiErrorFields } from '../errors/api.ts'
import { connectionFailed } from '../errors/network.ts'
import { isErrorLike, safeCause } from '../errors/safe-cause.ts'
import { sourceEndedEarly } from '../errors/truncated.ts'

/**
 * The error for whatever opening or reading a stream threw. Browsers have no common words for a lost
 * connection, so everything that is not known to be something else is one.
 */
export function thrownError(thrown: unknown, phase: NetworkPhase): CompletionError {
  try {
    return errorOf(thrown, phase)
  } catch {
    // What was thrown cannot be read.
    return connectionFailed(phase, undefined)
  }
}

function errorOf(thrown: unknown, phase: NetworkPhase): CompletionError {
  if (isCompletionError(thrown)) return thrown
  if (isApiError(thrown)) {
    const { status, requestID: requestId } = thrown
    const { message, ...fields } = apiErrorFields(thrown.error ?? thrown)
    return new CompletionError({
      ...fields,
      kind: status === undefined ? 'api' : 'http',
      message: message ?? thrown.message,
      status: status ?? fields.status,
      requestId: requestId ?? fields.requestId,
      body: thrown.error,
      cause: safeCause(thrown),
    })
  }
  if (phase === 'body' && isErrorLike(thrown) && endedEarly.test(thrown.message)) {
    return sourceEndedEarly(thrown)
  }
  return connectionFailed(phase, thrown)
}

/**
 * What the `.stream()` helpers of the `openai` package say of a stream without its proper end. Their
 * error has nothing else to know it by.
 */
const endedEarly = /^missing finish_reason for choice |^(request|stream) ended without /

interface ApiError extends Error {
  status: number | undefined
  error: unknown
  requestID?: string | null
}

/** An `APIError` of the `openai` package, known by its shape: the package is not imported here. */
function isApiError(thrown: unknown): thrown is ApiError {
  if (!(thrown instanceof Error) || !('status' in thrown) || !('error' in thrown)) return false
  const { status, error } = thrown
  return typeof status === 'number' || (status === undefined && error !== undefined)
}
