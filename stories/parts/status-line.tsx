import type { CompletionState, CompletionStatus } from 'use-streaming-completion'

export const statusWords: Readonly<Record<CompletionStatus, string>> = {
  idle: 'Ready',
  connecting: 'Connecting',
  streaming: 'Streaming',
  complete: 'Complete',
  aborted: 'Aborted',
  error: 'Failed',
}

/**
 * The status is a polite live region that contains nothing else, so a screen reader announces each change once
 * and is never interrupted by streaming text.
 */
export function StatusLine({ completion }: { completion: CompletionState }) {
  const { status, model } = completion
  return (
    <div className="status-line">
      <p role="status" className="status">
        {statusWords[status]}
      </p>
      <p className="status-model">{model}</p>
    </div>
  )
}
