import { useSmoothText, useStreamingCompletion } from 'use-streaming-completion'

export function Typewriter() {
  const { text, status, start } = useStreamingCompletion<string>({ url: '/api/completion' })
  const smooth = useSmoothText(text, { ended: status === 'complete' })
  return <button onClick={() => void start('Hi')}>{smooth.text || 'Ask'}</button>
}
