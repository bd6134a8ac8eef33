import { CompletionError, isCompletionError } from './completion-error.ts'
import { safeCause } from './safe-cause.ts'

/*
 * Every error of kind `app`: the app's own code or options failed, and a retry would fail again. No
 * message contains any part of the input.
 */

/** For options with neither a `url` nor a `source`. */
export const nothingToStart = 'Set the url or source option: there is no request to send.'

/** Quotes the app's own errors only: an engine's messages name properties of the input. */
export function optionThrew(option: string, thrown: unknown): CompletionError {
  const { name, message } = safeCause(thrown)
  const said = /^(Type|Range|Reference|Syntax)Error$/.test(name) ? '' : `: ${message}`
  return appError(`The option ${option} threw an error${said}`, thrown)
}

/** Has no cause: the error of `JSON.stringify` names properties of the input. */
export function inputIsNoJson(): CompletionError {
  return appError(
    'The request body cannot be serialised as JSON: it contains a circular reference or a BigInt. Set the body option.',
  )
}

/** Has no cause: browsers quote the header's value, which may be a token. */
export function unusableHeaders(): CompletionError {
  return appError('A request header has an invalid name or value.')
}

/** For a completion that has no named formats. */
export function formatMissing(): CompletionError {
  return appError('Import a format and set the format option to it: format: openaiResponses.')
}

/** For an option that does nothing without a feature to import. */
export function featureMissing(option: string, feature: string): CompletionError {
  return appError(`Import ${feature} and add it to the features option: ${option} needs it.`)
}

export function formatThrew(name: string, thrown: unknown): CompletionError {
  return appError(
    `The format '${name}' could not read the stream: ${safeCause(thrown).message}`,
    thrown,
  )
}

/**
 * For any other error of the app's code, such as an option of the wrong type. Errors of this package are
 * returned unchanged.
 */
export function runFailed(thrown: unknown): CompletionError {
  return isCompletionError(thrown)
    ? thrown
    : appError('The run failed: an option has an invalid value or threw an error.', thrown)
}

export function appError(message: string, thrown?: unknown): CompletionError {
  return new CompletionError({
    kind: 'app',
    message,
    cause: thrown === undefined ? undefined : safeCause(thrown),
  })
}
