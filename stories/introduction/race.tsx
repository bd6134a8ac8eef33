import { useCompletion } from '@ai-sdk/react'
import { useMemo } from 'react'
import { isRunning, useStreamingCompletion } from 'use-streaming-completion'
import { aiSdkUi } from 'use-streaming-completion/core'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { cutStream } from './cut-stream.ts'
import { Lane } from './lane.tsx'

/** The same stream, cut by a server in between, read by this hook and by the AI SDK's. */
export function Race() {
  const { play } = useConnection()
  const fetch = useMemo(() => play(cutStream), [play])
  const ours = useStreamingCompletion<object>({ url: '/api/completion', format: aiSdkUi, fetch })
  const theirs = useCompletion({
    api: '/api/completion',
    fetch: (url, init) => fetch(url instanceof Request ? url.url : url, init ?? {}),
  })
  const running = isRunning(ours) || theirs.isLoading
  const start = () => {
    void ours.start({})
    void theirs.complete('')
  }
  const { status, error, text } = ours
  const hasTheirEnd = !theirs.isLoading && theirs.completion !== ''

  return (
    <section className="race" aria-labelledby="race-title">
      <div className="race-head">
        <h2 id="race-title">One truncated stream, read by two hooks</h2>
        <StartAndStop
          start="Race again"
          running={running}
          onStart={start}
          onStop={() => {
            ours.abort()
            theirs.stop()
          }}
        />
      </div>
      <p>
        A proxy reaches its time limit and closes the response in mid-sentence. Both hooks receive
        the same bytes.
      </p>
      <div className="lanes">
        <Lane
          name="use-streaming-completion"
          text={text}
          running={isRunning(ours)}
          state={`status: '${status}'${error ? `, error.kind: '${error.kind}'` : ''}`}
          outcome={error ? 'warned' : 'none'}
          shown={
            error
              ? `✕ ${error.kind}, ${text.length} characters kept`
              : isRunning(ours)
                ? 'Streaming …'
                : status === 'aborted'
                  ? 'Stopped by you'
                  : ' '
          }
        />
        <Lane
          name={
            <>
              <code>useCompletion</code> of the AI SDK
            </>
          }
          text={theirs.completion}
          running={theirs.isLoading}
          state={`isLoading: ${theirs.isLoading}, error: ${theirs.error ? `'${theirs.error.message}'` : 'undefined'}`}
          outcome={hasTheirEnd && !theirs.error ? 'finished' : 'none'}
          shown={
            theirs.isLoading
              ? 'Streaming …'
              : theirs.error
                ? `✕ ${theirs.error.message}`
                : hasTheirEnd
                  ? '✓ finished'
                  : ' '
          }
        />
      </div>
    </section>
  )
}
