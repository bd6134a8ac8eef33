import { useMemo } from 'react'
import { isRunning, useStreamingCompletion } from 'use-streaming-completion'
import { completionStream, type ScriptedCompletion } from 'use-streaming-completion/testing'
import code from '../../examples/jobs/reasoning.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { MarkdownText } from '../parts/markdown-text.tsx'
import { Commentary } from '../parts/commentary.tsx'
import { Reasoning } from '../parts/reasoning.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { RunFacts } from '../parts/run-facts.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'

export interface ReasoningAndRefusalProps {
  prompt?: string
  /** A scripted answer, for stories that should not depend on the model. */
  answer?: ScriptedCompletion
}

/** Reasoning and refusals each have their own channel, separate from the text. */
export function ReasoningAndRefusal({
  prompt = 'Plan three days in Kyoto in late autumn',
  answer,
}: ReasoningAndRefusalProps) {
  const connection = useConnection()
  const fetch = useMemo(
    () => (answer ? connection.play(completionStream(answer, { delay: 40 })) : connection.fetch),
    [connection, answer],
  )
  const completion = useStreamingCompletion<object>({ url: '/api/responses', fetch })
  const { status, text, output, refusal, commentary, start, abort } = completion
  const running = isRunning(completion)
  const request = {
    model: 'gpt-5-mini',
    input: prompt,
    stream: true,
    reasoning: { summary: 'auto' },
  }

  return (
    <StoryPage
      title="Reasoning and refusal"
      code={code}
      className="narrow"
      lead={
        <>
          <code>reasoning</code>, <code>commentary</code> and <code>refusal</code> are never mixed
          into <code>text</code>
        </>
      }
    >
      <section className="card stack" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <Reasoning output={output} />
        <Commentary text={commentary} />
        <div className="row">
          <StartAndStop running={running} onStart={() => void start(request)} onStop={abort} />
        </div>
        <div className="prose" aria-busy={running}>
          <p className="question">{prompt}</p>
          <div data-testid="text">
            <MarkdownText text={text} ended={!running} />
          </div>
          <Refusal text={refusal} />
        </div>
        <OutcomeNotice completion={completion} />
        <RunFacts completion={completion} />
      </section>
    </StoryPage>
  )
}
