import { useStreamingCompletion, type CompletionError } from 'use-streaming-completion'

function adviceOn({ kind, retryAfter }: CompletionError) {
  if (retryAfter !== undefined) return `Busy. Try again in ${retryAfter / 1000} s.`
  if (kind === 'http') return 'The service is not available. Try again later.'
  if (kind === 'network' || kind === 'timeout' || kind === 'truncated') return 'Connection lost.'
  return 'Something went wrong on our side.'
}

export function Outcome() {
  const { text, status, finishReason, refusal, error, start } = useStreamingCompletion<string>({
    url: '/api/completion',
  })
  return (
    <article>
      <button onClick={() => void start('Hi')}>Ask</button>
      <p>{text || refusal}</p>
      {status === 'aborted' && <p>You stopped this answer.</p>}
      {finishReason === 'length' && <p>The answer reached the token limit.</p>}
      {finishReason === 'content-filter' && <p>The provider filtered the rest.</p>}
      {error && <p role="alert">{adviceOn(error)}</p>}
    </article>
  )
}
