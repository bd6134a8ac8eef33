import { CompletionError } from './completion-error.ts'

/* Every error of kind `limit`: a bound of the option `limits` was passed. */

/** @param limit in UTF-16 code units */
export function eventTooLong(limit: number): CompletionError {
  return limitError(
    `One event of the stream is longer than the limit of ${limit} (limits.eventLength).`,
  )
}

/** @param limit in UTF-16 code units */
export function textTooLong(limit: number): CompletionError {
  return limitError(`The text is longer than the limit of ${limit} (limits.textLength).`)
}

function limitError(message: string): CompletionError {
  return new CompletionError({ kind: 'limit', message })
}
