import { moderationGate, useStreamingCompletion } from 'use-streaming-completion'

const moderate = moderationGate({
  // true means flagged and stops the run. Only checked text is shown.
  check: async (text, { signal }) => {
    const response = await fetch('/api/moderation', { method: 'POST', body: text, signal })
    return ((await response.json()) as { flagged: boolean }).flagged
  },
})

export function Moderated() {
  const { text, error, start } = useStreamingCompletion<string>({
    url: '/api/completion',
    moderate,
  })
  return (
    <article>
      <button onClick={() => void start('Hi')}>Ask</button>
      <p>{text}</p>
      {error?.code === 'flagged' && <p role="alert">This answer was stopped by moderation.</p>}
    </article>
  )
}
