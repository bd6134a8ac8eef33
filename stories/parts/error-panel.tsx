import type { CompletionError } from 'use-streaming-completion'
import { adviceOn } from './advice.ts'

interface ErrorPanelProps {
  error: CompletionError
  /** Whether some text had arrived before the error. */
  keptText: boolean
}

/** Shows what failed and what to do. Announced immediately. */
export function ErrorPanel({ error, keptText }: ErrorPanelProps) {
  const details = [
    error.status !== undefined && `HTTP ${error.status}`,
    error.code,
    error.requestId,
  ].filter(Boolean)
  return (
    <div className="error-panel" role="alert">
      <p className="error-title">
        <span className="error-kind">{error.kind} error</span>
        {details.map((detail) => (
          <code key={detail as string}>{detail}</code>
        ))}
      </p>
      <p dir="auto">{error.message}</p>
      <p className="error-advice">
        {adviceOn(error)}
        {keptText && ' The text received so far is kept.'}
      </p>
    </div>
  )
}
