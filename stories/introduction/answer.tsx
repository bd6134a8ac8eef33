import { useStreamingCompletion } from 'use-streaming-completion'

export function Answer() {
  const answer = useStreamingCompletion({ url: '/api/completion' })
  const ask = () => void answer.start('What is this package for?')
  return (
    <>
      <button onClick={ask}>Ask</button>
      <button onClick={answer.abort}>Stop</button>
      <p style={{ whiteSpace: 'pre-wrap' }}>{answer.text}</p>
      <p role="status">{answer.status}</p>
    </>
  )
}
