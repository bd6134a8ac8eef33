import { isRunning, useStreamingCompletion } from 'use-streaming-completion'

export function Answer({ url = '/api/completion' }: { url?: string }) {
  const { text, status, error, start, abort } = useStreamingCompletion<string>({ url })
  const running = isRunning({ status })
  return (
    <main>
      <button onClick={() => void start('Why is the sky blue?')}>Ask</button>
      {running && <button onClick={abort}>Stop</button>}
      <p aria-busy={running}>{text}</p>
      <p role="status">{status}</p>
      {error && <p role="alert">{error.message}</p>}
    </main>
  )
}
