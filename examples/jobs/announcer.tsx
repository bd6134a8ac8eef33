import { isRunning, useCompletionAnnouncer, useStreamingCompletion } from 'use-streaming-completion'

export function Announced() {
  const completion = useStreamingCompletion<string>({ url: '/api/completion' })
  const { polite, assertive } = useCompletionAnnouncer(completion)
  return (
    <article>
      <button onClick={() => void completion.start('Hi')}>Ask</button>
      <p role="status">{polite}</p>
      <p role="alert">{assertive}</p>
      <p aria-busy={isRunning(completion)}>{completion.text}</p>
    </article>
  )
}
