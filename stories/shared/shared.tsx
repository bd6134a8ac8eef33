import { isRunning, useCompletionState } from 'use-streaming-completion'
import code from '../../examples/jobs/shared.tsx?raw'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { MarkdownText } from '../parts/markdown-text.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { AnswerProvider, useAnswer } from './answer-context.tsx'
import { Renders } from './renders.tsx'
import './shared.css'

export interface SharedProps {
  prompt?: string
}

/** One completion, shown by several components. Each renders only when its part of the state changes. */
export function Shared({ prompt = 'Plan three days in Kyoto' }: SharedProps) {
  return (
    <StoryPage
      title="Shared completion"
      code={code}
      className="narrow"
      lead={
        <>
          <code>useCompletionState</code> with a selector: the status does not render again when the
          text changes
        </>
      }
    >
      <AnswerProvider>
        <section className="card stack shared" aria-label="Answer">
          <div className="shared-part">
            <Renders of="status">
              <Status />
            </Renders>
          </div>
          <div className="row">
            <Controls prompt={prompt} />
          </div>
          <div className="shared-part shared-text">
            <Renders of="text">
              <Text />
            </Renders>
          </div>
          <div className="shared-part">
            <Renders of="paragraphs">
              <Paragraphs />
            </Renders>
          </div>
          <div className="shared-part">
            <Renders of="usage">
              <Usage />
            </Renders>
          </div>
        </section>
      </AnswerProvider>
    </StoryPage>
  )
}

function Status() {
  const status = useCompletionState(useAnswer(), (state) => state.status)
  return <p role="status">{status}</p>
}

function Controls({ prompt }: { prompt: string }) {
  const completion = useAnswer()
  const running = useCompletionState(completion, isRunning)
  const request = { model: 'gpt-4.1-mini', input: prompt, stream: true }
  return (
    <>
      <StartAndStop
        running={running}
        onStart={() => void completion.start(request)}
        onStop={completion.abort}
      />
    </>
  )
}

function Text() {
  const text = useCompletionState(useAnswer(), (state) => state.text)
  return (
    <div className="shared-words" data-testid="text" role="region" aria-label="Text" tabIndex={0}>
      <MarkdownText text={text} ended={false} />
    </div>
  )
}

function Paragraphs() {
  const count = useCompletionState(useAnswer(), ({ text }) =>
    text === '' ? 0 : text.split('\n\n').length,
  )
  return (
    <p>
      {count} {count === 1 ? 'paragraph' : 'paragraphs'}
    </p>
  )
}

function Usage() {
  const tokens = useCompletionState(useAnswer(), ({ usage }) => usage?.outputTokens)
  return <p>{tokens === undefined ? 'Tokens: not reported yet' : `${tokens} tokens`}</p>
}
