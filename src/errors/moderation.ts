import { CompletionError } from './completion-error.ts'
import { safeCause } from './safe-cause.ts'

/* Every error of kind `moderation`. */

export function textFlagged(reason: string | undefined): CompletionError {
  return new CompletionError({
    kind: 'moderation',
    code: 'flagged',
    message: `The answer was stopped: its text was flagged${reason === undefined ? '' : ` (${reason})`}.`,
  })
}

export function checkFailed(thrown: unknown): CompletionError {
  return new CompletionError({
    kind: 'moderation',
    code: 'check-failed',
    message: 'The answer was stopped: its text could not be checked.',
    cause: safeCause(thrown),
  })
}
