import { useStreamingCompletion } from 'use-streaming-completion'

const timeouts = { response: 10_000, firstToken: 30_000, idle: 15_000, total: 120_000 } // ms

export function Impatient() {
  const { text, error, start } = useStreamingCompletion<string>({
    url: '/api/completion',
    timeouts,
  })
  return (
    <article>
      <button onClick={() => void start('Hi')}>Ask</button>
      <p>{text}</p>
      {error?.kind === 'timeout' && <p role="alert">Limit reached: {error.timeout}</p>}
    </article>
  )
}
