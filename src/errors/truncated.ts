import { CompletionError } from './completion-error.ts'
import { safeCause } from './safe-cause.ts'

/* Every error of kind `truncated`: the stream ended without the proper end of its format. */

function truncatedError(message: string, cause?: Error): CompletionError {
  return new CompletionError({ kind: 'truncated', message, cause })
}

/** @param properEnd what was waited for, in words */
export function endMarkerMissing(properEnd: string): CompletionError {
  return truncatedError(
    `The stream ended early: it stopped before its proper end (${properEnd}). What had arrived is kept.`,
  )
}

/** The error for a server that says it gave up before the end: what had arrived is not the answer. */
export function stoppedEarly(reason?: string): CompletionError {
  return truncatedError(
    `The server stopped the completion before its end${reason ? `: ${reason}` : '.'}`,
  )
}

/** The error for a source that threw because its stream ended too soon. */
export function sourceEndedEarly(thrown: Error): CompletionError {
  return truncatedError(
    `The stream ended early: ${thrown.message}. What had arrived is kept.`,
    safeCause(thrown),
  )
}
