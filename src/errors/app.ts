import { CompletionError } from './completion-error.ts'
import { safeCause } from './safe-cause.ts'

/*
 * Every error of kind `app`: the app's own code or options failed, and would fail again. No message
 * holds anything of the input.
 */

/** For options that have neither. */
export const nothingToStart = 'Set the option url or source: there is nothing to start.'

/** In the app's own words, if it has any: those of an engine name the properties of the input. */
export function optionThrew(option: string, thrown: unknown): CompletionError {
  const { name, message } = safeCause(thrown)
  const said = /^(Type|Range|Reference|Syntax)Error$/.test(name) ? '' : `: ${message}`
  return appError(`The option ${option} threw an error${said}`, thrown)
}

/** The error of `JSON.stringify` is not passed on: it names properties of the input. */
export function inputIsNoJson(): CompletionError {
  return appError(
    'The request body cannot be sent as JSON: it refers to itself, or holds a BigInt. Set the option body.',
  )
}

/** Nor is that of `Headers`: browsers quote the value, and it may be a token. */
export function unusableHeaders(): CompletionError {
  return appError('The headers have a name or a value that cannot be sent.')
}

export function formatThrew(name: string, thrown: unknown): CompletionError {
  return appError(
    `The format '${name}' could not read the stream: ${safeCause(thrown).message}`,
    thrown,
  )
}

/** Something of the app that the run had to use: an option of a wrong type, what a stage was given. */
export function runFailed(thrown: unknown): CompletionError {
  return appError('The run failed: an option is not what it should be, or threw an error.', thrown)
}

export function appError(message: string, thrown?: unknown): CompletionError {
  return new CompletionError({
    kind: 'app',
    message,
    cause: thrown === undefined ? undefined : safeCause(thrown),
  })
}
