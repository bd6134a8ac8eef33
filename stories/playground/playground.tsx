import { useRef, useState } from 'react'
import { useStreamingCompletion } from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'
import { demoModels } from '../models.ts'
import { StoryPage } from '../parts/story-page.tsx'
import { useEscape } from '../parts/use-escape.ts'
import { Answer } from './answer.tsx'
import './playground.css'
import { PromptForm } from './prompt-form.tsx'
import { requestBody } from './request-body.ts'
import type { Api } from './request-body.ts'

export interface PlaygroundProps {
  /** The app's own proxy. */
  url?: string
  initialPrompt?: string
  initialApi?: Api
}

/** A prompt on one side, its answer on the other. */
export function Playground({
  url = '/api/completion',
  initialPrompt = '',
  initialApi = 'responses',
}: PlaygroundProps) {
  const [prompt, setPrompt] = useState(initialPrompt)
  const [api, setApi] = useState<Api>(initialApi)
  const [model, setModel] = useState(demoModels[0])

  const { fetch } = useConnection()
  const completion = useStreamingCompletion<object>({ url, fetch })
  const { status, start, abort, retry } = completion
  const running = status === 'connecting' || status === 'streaming'
  const canStart = !running && prompt.trim() !== ''
  useEscape(running, abort)

  const answer = useRef<HTMLElement>(null)
  const onStart = () => {
    void start(requestBody(api, model, prompt))
    // On a phone the answer is below the fold.
    answer.current?.scrollIntoView({ block: 'start' })
  }

  return (
    <StoryPage
      title="Playground"
      className="playground"
      lead={
        <>
          <code>useStreamingCompletion</code> and all that it tells of an answer
        </>
      }
    >
      <main className="playground-panes">
        <PromptForm
          prompt={prompt}
          onPrompt={setPrompt}
          api={api}
          onApi={setApi}
          model={model}
          onModel={setModel}
          canStart={canStart}
          canAbort={running}
          canRetry={!running && status !== 'idle'}
          onStart={onStart}
          onAbort={abort}
          onRetry={() => void retry()}
        />
        <Answer ref={answer} completion={completion} />
      </main>
    </StoryPage>
  )
}
