import { CompletionError } from './completion-error.ts'

/* Every error of kind `limit`: a bound of the `limits` option was exceeded. */

/** @param limit in UTF-16 code units */
export function eventTooLong(limit: number): CompletionError {
  return limitError(
    `An event of the stream exceeds the limit of ${limit} characters (limits.eventLength).`,
  )
}

/** @param limit in UTF-16 code units */
export function textTooLong(limit: number): CompletionError {
  return limitError(`The text exceeds the limit of ${limit} characters (limits.textLength).`)
}

function limitError(message: string): CompletionError {
  return new CompletionError({ kind: 'limit', message })
}
