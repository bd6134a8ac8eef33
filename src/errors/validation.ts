import {
  CompletionError,
  type CompletionErrorInit,
  type ValidationIssue,
} from './completion-error.ts'
import { issuePath } from './issue-path.ts'
import { safeCause } from './safe-cause.ts'

/* Every error of kind `validation`: structured output is not what was asked for. */

/** The text is not JSON from its beginning to its end. */
export function noJson(
  text: string,
  invalidAt: number | undefined,
  tool: string | undefined,
  finishReason: string | undefined,
): CompletionError {
  const problem =
    invalidAt !== undefined
      ? `goes wrong at “${text.slice(invalidAt, invalidAt + 30)}”`
      : text
        ? 'ends too early'
        : 'is missing'
  return validationError(
    `The JSON from '${tool ?? 'text'}' ${problem} (finish reason: ${finishReason}).`,
  )
}

/** The JSON is whole, but it is not what the schema describes. */
export function mismatch(issues: readonly ValidationIssue[]): CompletionError {
  const [first] = issues
  return validationError(
    `The JSON does not match its schema: ${issuePath(first ?? {})}: ${first?.message}`,
    { issues },
  )
}

/** The schema's own code failed. */
export function unvalidated(thrown: unknown): CompletionError {
  const cause = safeCause(thrown)
  return validationError(`The schema failed: ${cause.message}`, { cause })
}

function validationError(
  message: string,
  more?: Pick<CompletionErrorInit, 'issues' | 'cause'>,
): CompletionError {
  return new CompletionError({ kind: 'validation', message, ...more })
}
