import { useState, useSyncExternalStore } from 'react'
import type { CompletionState } from 'use-streaming-completion'
import { EventBrowser } from '../inspector/event-browser.tsx'
import type { Recording } from '../inspector/recording.ts'
import { AnswerText } from '../parts/answer-text.tsx'
import { CodeCard } from '../parts/code-card.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { Commentary } from '../parts/commentary.tsx'
import { Reasoning } from '../parts/reasoning.tsx'
import { RunFacts } from '../parts/run-facts.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { RunTimeline } from '../timeline/run-timeline.tsx'

interface AnswerProps {
  completion: CompletionState
  recording: Recording
  code: string
}

/** The text and events of a completion, and its code. */
export function Answer({ completion, recording, code }: AnswerProps) {
  const [tab, setTab] = useState<'answer' | 'events' | 'code'>('answer')
  const { arrivals, last, totals } = useSyncExternalStore(recording.subscribe, recording.get)

  return (
    <section className="card answer" aria-label="Answer" data-status={completion.status}>
      <Tabs
        label="What to show"
        selected={tab}
        onSelect={setTab}
        tabs={[
          {
            id: 'answer',
            label: 'Answer',
            content: () => (
              <>
                <Reasoning output={completion.output} />
                <Commentary text={completion.commentary} />
                <AnswerText completion={completion} />
              </>
            ),
          },
          {
            id: 'events',
            label: 'Events',
            content: () => <EventBrowser events={last} total={totals.events} />,
          },
          { id: 'code', label: 'Code', content: () => <CodeCard code={code} title="answer.tsx" /> },
        ]}
      >
        <StatusLine completion={completion} />
      </Tabs>
      <OutcomeNotice completion={completion} />
      <RunTimeline completion={completion} arrivals={arrivals} />
      <RunFacts completion={completion} />
    </section>
  )
}
