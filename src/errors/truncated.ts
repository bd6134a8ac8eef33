import { CompletionError } from './completion-error.ts'
import { safeCause } from './safe-cause.ts'

/* Every error of kind `truncated`: the stream ended without the end marker of its format. */

function truncatedError(message: string, cause?: Error): CompletionError {
  return new CompletionError({ kind: 'truncated', message, cause })
}

/** @param properEnd the expected end marker, in words */
export function endMarkerMissing(properEnd: string): CompletionError {
  return truncatedError(
    `The stream ended before its end marker (${properEnd}). The text received so far is kept.`,
  )
}

/** For a server that reports that it stopped early: the text so far is not the whole answer. */
export function stoppedEarly(reason?: string): CompletionError {
  return truncatedError(
    `The server stopped the completion before it finished${reason ? `: ${reason}` : '.'}`,
  )
}

/** For a source that threw because its stream ended early. */
export function sourceEndedEarly(thrown: Error): CompletionError {
  return truncatedError(
    `The stream ended early: ${thrown.message}. The text received so far is kept.`,
    safeCause(thrown),
  )
}
