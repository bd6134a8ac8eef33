import { useMemo, useState } from 'react'
import { isRunning, useStreamingCompletion } from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'
import { createRecording } from '../inspector/recording.ts'
import { demoModels } from '../models.ts'
import { StoryPage } from '../parts/story-page.tsx'
import { useAutoStart } from '../parts/use-auto-start.ts'
import { useEscape } from '../parts/use-escape.ts'
import { Answer } from './answer.tsx'
import { Composer } from './composer.tsx'
import { playgroundCode } from './playground-code.ts'
import './playground.css'
import { requestBody } from './request-body.ts'
import type { Api } from './request-body.ts'

export interface PlaygroundProps {
  initialPrompt?: string
  initialApi?: Api
}

/** A prompt, and everything that the hook reports about its answer. */
export function Playground({ initialPrompt = '', initialApi = 'responses' }: PlaygroundProps) {
  const [prompt, setPrompt] = useState(initialPrompt)
  const [api, setApi] = useState<Api>(initialApi)
  const [model, setModel] = useState(demoModels[0])
  const recording = useMemo(() => createRecording(), [])

  const { fetch } = useConnection()
  const completion = useStreamingCompletion<object>({
    url: '/api/completion',
    fetch,
    onEvent: recording.onEvent,
  })
  const { status, start, abort, retry } = completion
  const running = isRunning(completion)
  useEscape(running, abort)

  const onStart = (asked: string) => {
    recording.start()
    void start(requestBody(api, model, asked))
  }
  const startsInView = useAutoStart(() => {
    if (prompt !== '') onStart(prompt)
  })

  return (
    <StoryPage
      title="Playground"
      code={undefined}
      className="playground"
      lead="Send a prompt and see everything that useStreamingCompletion reports"
    >
      <div className="playground-panes">
        <Answer
          completion={completion}
          recording={recording}
          code={playgroundCode(api, model, prompt)}
        />
        <Composer
          ref={startsInView}
          prompt={prompt}
          onPrompt={setPrompt}
          api={api}
          onApi={setApi}
          model={model}
          onModel={setModel}
          running={running}
          canRetry={!running && status !== 'idle'}
          onStart={onStart}
          onStop={abort}
          onRetry={() => {
            recording.start()
            void retry()
          }}
        />
      </div>
    </StoryPage>
  )
}
