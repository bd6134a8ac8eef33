import { memo, Profiler, useEffect, useRef } from 'react'
import { isRunning, useCompletionState } from 'use-streaming-completion'
import type { Completion } from 'use-streaming-completion/core'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { AnswerText } from '../parts/answer-text.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'

interface InspectedAnswerProps {
  completion: Completion<object>
  prompt: string
  onStart: () => void
  /** Called with the number of characters that a commit added. */
  onText: (count: number) => void
  onCommit: () => void
}

/** The answer as an app shows it. It commits only for its own state, not for the plots. */
export const InspectedAnswer = memo(function InspectedAnswer({
  completion,
  prompt,
  onStart,
  onText,
  onCommit,
}: InspectedAnswerProps) {
  const state = useCompletionState(completion, (whole) => whole)
  const { status, text } = state
  const running = isRunning(state)
  const shown = useRef(0)
  useEffect(() => {
    if (text.length > shown.current) onText(text.length - shown.current)
    shown.current = text.length
  }, [text, onText])

  return (
    <Profiler id="answer" onRender={onCommit}>
      <section className="card stack answer" data-status={status} aria-label="Answer">
        <StatusLine completion={state} />
        <div className="row">
          <StartAndStop running={running} onStart={onStart} onStop={completion.abort} />
          <p className="quiet inspected-prompt">{prompt}</p>
        </div>
        <AnswerText completion={state} />
        <OutcomeNotice completion={state} />
      </section>
    </Profiler>
  )
})
