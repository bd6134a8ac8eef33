import type { ReactNode } from 'react'
import { useFollowBottom } from './use-follow-bottom.ts'

interface FollowedAnswerProps {
  text: string
  running: boolean
  className?: string
  /** The accessible name, if there are several. */
  label?: string | undefined
  children: ReactNode
}

/** Follows a growing text until the reader scrolls away, and offers a button to return. */
export function FollowedAnswer({
  text,
  running,
  className = '',
  label = 'Answer text',
  children,
}: FollowedAnswerProps) {
  const { scroller, following, follow } = useFollowBottom(text)

  return (
    <div className="answer-body">
      <div
        ref={scroller}
        className={`answer-scroller ${className}`}
        role="region"
        aria-label={label}
        aria-busy={running}
        tabIndex={0}
      >
        <div className="answer-content">{children}</div>
      </div>
      {running && !following && (
        <button type="button" className="chip to-newest" onClick={follow}>
          ↓ Newest
        </button>
      )}
    </div>
  )
}
