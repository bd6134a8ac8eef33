import {
  CompletionError,
  type CompletionErrorInit,
  type ValidationIssue,
} from './completion-error.ts'
import { issuePath } from './issue-path.ts'
import { safeCause } from './safe-cause.ts'

/* Every error of kind `validation`: the structured output is not valid JSON, or does not match its schema. */

/** The text is not complete, valid JSON. */
export function noJson(
  text: string,
  invalidAt: number | undefined,
  tool: string | undefined,
  finishReason: string | undefined,
): CompletionError {
  const problem =
    invalidAt !== undefined
      ? `is invalid at “${text.slice(invalidAt, invalidAt + 30)}”`
      : text
        ? 'is incomplete'
        : 'is missing'
  return validationError(
    `The JSON from '${tool ?? 'text'}' ${problem} (finish reason: ${finishReason}).`,
  )
}

/** The JSON is complete, but does not match the schema. */
export function mismatch(issues: readonly ValidationIssue[]): CompletionError {
  const [first] = issues
  return validationError(
    `The JSON does not match its schema: ${issuePath(first ?? {})}: ${first?.message}`,
    { issues },
  )
}

/** The schema's own code threw. */
export function unvalidated(thrown: unknown): CompletionError {
  const cause = safeCause(thrown)
  return validationError(`The schema threw an error: ${cause.message}`, { cause })
}

function validationError(
  message: string,
  more?: Pick<CompletionErrorInit, 'issues' | 'cause'>,
): CompletionError {
  return new CompletionError({ kind: 'validation', message, ...more })
}
