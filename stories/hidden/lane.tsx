import { Activity, type ReactNode } from 'react'
import type { CompletionStatus } from 'use-streaming-completion'
import { statusWords } from '../parts/status-line.tsx'

interface LaneProps {
  title: ReactNode
  label: string
  status: CompletionStatus
  /** How many characters have arrived, for a run that continues while hidden. */
  length?: number
  isHidden: boolean
  children: ReactNode
}

/** A panel that can be hidden, below a status that is always shown. */
export function Lane({ title, label, status, length, isHidden, children }: LaneProps) {
  return (
    <section className="card stack" data-status={status} aria-label={label}>
      <div className="hidden-head">
        <h2>{title}</h2>
        <p role="status" className="status">
          {statusWords[status]}
        </p>
      </div>
      <div className="hidden-body">
        <Activity mode={isHidden ? 'hidden' : 'visible'}>{children}</Activity>
        {isHidden && (
          <p className="hidden-cover quiet">
            This answer is hidden.
            {length !== undefined && (
              <span data-testid={`length of ${label}`}> {length} characters received.</span>
            )}
          </p>
        )}
      </div>
    </section>
  )
}
