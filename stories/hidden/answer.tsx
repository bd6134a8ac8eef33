import { useEffect } from 'react'
import {
  useStreamingCompletion,
  type Completion,
  type CompletionControls,
} from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'
import { AnswerText } from '../parts/answer-text.tsx'

interface OwnAnswerProps {
  /** Called with the controls of the hook, which keep their identity. */
  onControls: (controls: Pick<CompletionControls<object>, 'start' | 'abort'>) => void
}

/** Owns its completion: hiding the component ends the run. */
export function OwnAnswer({ onControls }: OwnAnswerProps) {
  const { fetch } = useConnection()
  const completion = useStreamingCompletion<object>({ url: '/api/responses', fetch })
  const { start, abort } = completion
  useEffect(() => onControls({ start, abort }), [onControls, start, abort])
  return <AnswerText completion={completion} label="Answer of the hook inside" />
}

/** Displays a completion that it does not own: the run continues while the component is hidden. */
export function SharedAnswer({ completion }: { completion: Completion<object> }) {
  const state = useStreamingCompletion({ completion })
  return <AnswerText completion={state} label="Answer of the completion above" />
}
