import { useMemo } from 'react'
import { isRunning, moderationGate, useStreamingCompletion } from 'use-streaming-completion'
import code from '../../examples/jobs/moderation.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { MarkdownText } from '../parts/markdown-text.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { createModerationCheck } from './moderation-check.ts'
import './moderation.css'
import { useVerdicts } from './use-verdicts.ts'
import { VerdictList } from './verdict-list.tsx'

export interface ModerationProps {
  prompt?: string
  /** Whether text that was already shown is kept or removed when later text is flagged. */
  onFlagged?: 'keep' | 'withdraw'
}

/** Every sentence is checked before it is shown. A flagged sentence stops the answer. */
export function Moderation({
  prompt = 'Slip something past the moderation, in a text about bread',
  onFlagged = 'keep',
}: ModerationProps) {
  const { fetch } = useConnection()
  const check = useMemo(() => createModerationCheck(fetch), [fetch])
  const { verdicts, noted, forget } = useVerdicts(check)
  const moderate = useMemo(() => moderationGate({ check: noted, onFlagged }), [noted, onFlagged])
  const completion = useStreamingCompletion<object>({ url: '/api/responses', fetch, moderate })
  const { status, text, start, abort } = completion
  const running = isRunning(completion)

  return (
    <StoryPage
      title="Moderation"
      code={code}
      className="narrow"
      lead={
        <>
          <code>moderationGate</code> withholds each sentence until your check approves it
        </>
      }
    >
      <section className="card stack" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <p className="prose question">{prompt}</p>
        <div className="row">
          <StartAndStop
            running={running}
            onStart={() => {
              forget()
              void start({ model: 'gpt-4.1-mini', input: prompt, stream: true })
            }}
            onStop={abort}
          />
        </div>
        <div className="prose" aria-busy={running} data-testid="text">
          {text === '' && <p className="quiet">Only approved text appears here.</p>}
          <MarkdownText text={text} ended={!running} />
        </div>
        <VerdictList verdicts={verdicts} />
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}
