import { useStreamingCompletion } from 'use-streaming-completion'

export function Retry() {
  const { text, error, start, retry } = useStreamingCompletion<string>({
    url: '/api/completion',
    retry: 2, // automatically, before any content has arrived
  })
  return (
    <article>
      <button onClick={() => void start('Hi')}>Ask</button>
      <p>{text}</p>
      {error && <button onClick={() => void retry()}>{error.message} Retry</button>}
    </article>
  )
}
