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
 * Returns the error for a value thrown while opening or reading a stream. Browsers use different
 * messages for a lost connection, so any unrecognised error counts as one.
 */
export function thrownError(thrown: unknown, phase: NetworkPhase): CompletionError {
  try {
    return errorOf(thrown, phase)
  } catch {
    // The thrown value cannot be inspected.
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
 * The messages of the `openai` package's `.stream()` helpers for a stream without its end marker. These
 * errors have no other distinguishing property.
 */
const endedEarly = /^missing finish_reason for choice |^(request|stream) ended without /

interface ApiError extends Error {
  status: number | undefined
  error: unknown
  requestID?: string | null
}

/** Recognises an `APIError` of the `openai` package by its shape: the package is not imported. */
function isApiError(thrown: unknown): thrown is ApiError {
  if (!(thrown instanceof Error) || !('status' in thrown) || !('error' in thrown)) return false
  const { status, error } = thrown
  return typeof status === 'number' || (status === undefined && error !== undefined)
}
