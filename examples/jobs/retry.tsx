import { useStreamingCompletion } from 'use-streaming-completion'

export function Retry() {
  const { text, error, start, retry } = useStreamingCompletion<string>({ url: '/api/completion' })
  if (error) return <button onClick={() => void retry()}>{error.message} Retry</button>
  return <button onClick={() => void start('Hi')}>{text || 'Ask'}</button>
}
