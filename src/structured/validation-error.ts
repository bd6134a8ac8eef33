import { safeCause } from '../client/safe-cause.ts'
import { CompletionError, type ValidationIssue } from '../errors.ts'
import type { FinishReason } from '../formats/finish-reason.ts'
import type { PartialJsonReader } from '../json/partial-json-reader.ts'

/** The text is not JSON from its beginning to its end. */
export function noJson(
  { state, value, invalidAt }: PartialJsonReader,
  source: string,
  tool: string | undefined,
  finishReason: FinishReason | undefined,
): CompletionError {
  const begin = source.trimStart().slice(0, 40)
  const problem =
    begin === ''
      ? tool === undefined
        ? 'there is no text'
        : `the tool '${tool}' was not called`
      : state === 'partial'
        ? 'it ends too early'
        : value === undefined
          ? `it begins with “${begin}”`
          : `it goes wrong after ${invalidAt ?? 0} characters`
  const reason = finishReason === undefined ? '' : ` The finish reason is '${finishReason}'.`
  return validationError(`The answer is not JSON: ${problem}.${reason}`)
}

/** The JSON is whole, but it is not what the schema describes. */
export function mismatch(issues: readonly ValidationIssue[]): CompletionError {
  const [first] = issues
  const path = first?.path?.map((step) => String(typeof step === 'object' ? step.key : step))
  const where = path?.length ? `${path.join('.')}: ` : ''
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return validationError(
    `The answer does not match its schema: ${where}${first?.message ?? 'no reason given'}${more}`,
    issues,
  )
}

/** The schema's own code failed. */
export function unvalidated(thrown: unknown): CompletionError {
  const cause = safeCause(thrown)
  return validationError(
    `The schema could not check the answer: ${cause.message}`,
    undefined,
    cause,
  )
}

function validationError(
  message: string,
  issues?: readonly ValidationIssue[],
  cause?: Error,
): CompletionError {
  return new CompletionError({ kind: 'validation', message, issues, cause })
}
