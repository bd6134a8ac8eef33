import { isRunning, type CompletionState } from '../completion/state.ts'

/**
 * Returns the most recent state of the run that is shown: the completion's own, or that of the tab that reads.
 *
 * @param isOwnRun whether the completion reads, or has read, the same run
 */
export function bestState<State extends CompletionState>(
  own: State,
  remote: State,
  isOwnRun: boolean,
  isLeading: boolean,
): State {
  if (!isOwnRun) return remote
  // A replayed stream is shown once it has caught up.
  const isBehind = progressOf(own) < progressOf(remote)
  if (own.status === 'complete' || (!isBehind && (isLeading || isRunning(own)))) return own
  if (!isLeading || isRunning(own)) return remote
  const { status, error, abortReason, checkpoint, nextAttemptAt } = own
  return { ...remote, status, error, abortReason, checkpoint, nextAttemptAt }
}

function progressOf({ text, reasoning, output }: CompletionState): number {
  return text.length + reasoning.length + output.length
}
