import { CompletionError, type NetworkPhase } from './completion-error.ts'
import { isErrorLike, safeCause } from './safe-cause.ts'

/* Every error of kind `network`: fetch or a read failed. */

const problems = {
  connect: 'Could not reach the server',
  body: 'The connection was lost while reading the response',
}

export function connectionFailed(phase: NetworkPhase, thrown: unknown): CompletionError {
  const said = isErrorLike(thrown) && thrown.message !== '' ? `: ${thrown.message}` : ''
  return new CompletionError({
    kind: 'network',
    phase,
    message: problems[phase] + said,
    cause: safeCause(thrown),
  })
}
