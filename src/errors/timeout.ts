import { CompletionError, type TimeoutName } from './completion-error.ts'

/* Every error of kind `timeout`. */

/** @param limit in milliseconds */
export function timedOut(name: TimeoutName, limit: number | undefined): CompletionError {
  return new CompletionError({
    kind: 'timeout',
    timeout: name,
    message: `Timed out after ${limit} ms (timeouts.${name}).`,
  })
}
