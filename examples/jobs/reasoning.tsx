import { useStreamingCompletion } from 'use-streaming-completion'

export function Reasoning() {
  const { reasoning, refusal, text, start } = useStreamingCompletion<string>({
    url: '/api/completion',
  })
  return (
    <article>
      <button onClick={() => void start('Which is larger, 9.9 or 9.11?')}>Ask</button>
      {reasoning && (
        <details open={text === ''}>
          <summary>Reasoning</summary>
          {reasoning}
        </details>
      )}
      {refusal ? <p role="alert">{refusal}</p> : <p>{text}</p>}
    </article>
  )
}
