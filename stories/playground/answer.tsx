import type { Ref } from 'react'
import type { CompletionState } from 'use-streaming-completion'
import { AnswerText } from '../parts/answer-text.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { Reasoning } from '../parts/reasoning.tsx'
import { RunFacts } from '../parts/run-facts.tsx'
import { StatusLine } from '../parts/status-line.tsx'

/** Everything that a completion shows of itself. */
export function Answer({
  ref,
  completion,
}: {
  ref: Ref<HTMLElement>
  completion: CompletionState
}) {
  return (
    <section ref={ref} className="card answer" aria-label="Answer" data-status={completion.status}>
      <StatusLine completion={completion} />
      <Reasoning text={completion.reasoning} />
      <AnswerText completion={completion} />
      <OutcomeNotice completion={completion} />
      <RunFacts completion={completion} />
    </section>
  )
}
