import { useCompletion } from '@ai-sdk/react'
import { useMemo } from 'react'
import { isRunning, useStreamingCompletion, type CompletionState } from 'use-streaming-completion'
import { aiSdkUi } from 'use-streaming-completion/core'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { cutStream } from './cut-stream.ts'
import { RaceView } from './race-view.tsx'

/** The same truncated stream, read by this hook and by the AI SDK's. */
export default function Race() {
  const { play } = useConnection()
  const fetch = useMemo(() => play(cutStream), [play])
  const ours = useStreamingCompletion<object>({ url: '/api/completion', format: aiSdkUi, fetch })
  const theirs = useCompletion({
    api: '/api/completion',
    fetch: (url, init) => fetch(url instanceof Request ? url.url : url, init ?? {}),
  })
  const { status, error, text } = ours

  return (
    <RaceView
      actions={
        <StartAndStop
          start="Race again"
          running={isRunning(ours) || theirs.isLoading}
          onStart={() => {
            void ours.start({})
            void theirs.complete('')
          }}
          onStop={() => {
            ours.abort()
            theirs.stop()
          }}
        />
      }
      ours={{
        text,
        running: isRunning(ours),
        state: `status: '${status}'${error ? `, error.kind: '${error.kind}'` : ''}`,
        outcome: error ? 'warned' : 'none',
        shown: shownByOurs(ours),
      }}
      theirs={{
        text: theirs.completion,
        running: theirs.isLoading,
        state: `isLoading: ${theirs.isLoading}, error: ${theirs.error ? `'${theirs.error.message}'` : 'undefined'}`,
        outcome: hasFinished(theirs) && !theirs.error ? 'finished' : 'none',
        shown: shownByTheirs(theirs),
      }}
    />
  )
}

function shownByOurs(state: CompletionState): string {
  if (isRunning(state)) return 'Streaming …'
  if (state.error) return `✕ ${state.error.kind}, ${state.text.length} characters kept`
  return state.status === 'aborted' ? 'Stopped by you' : '\u00a0'
}

type Theirs = Pick<ReturnType<typeof useCompletion>, 'isLoading' | 'error' | 'completion'>

const hasFinished = ({ isLoading, completion }: Theirs) => !isLoading && completion !== ''

function shownByTheirs(theirs: Theirs): string {
  if (theirs.isLoading) return 'Streaming …'
  if (theirs.error) return `✕ ${theirs.error.message}`
  return hasFinished(theirs) ? '✓ finished' : '\u00a0'
}
