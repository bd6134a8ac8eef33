import { useCompletion, useCompletionState, type Completion } from 'use-streaming-completion'

function Words({ completion }: { completion: Completion<string> }) {
  // Renders only when the count changes.
  const count = useCompletionState(completion, ({ text }) => text.split(/\s+/).length)
  return <p>{count} words</p>
}

function Text({ completion }: { completion: Completion<string> }) {
  return <p>{useCompletionState(completion, ({ text }) => text)}</p>
}

export function Shared() {
  const completion = useCompletion<string>({ url: '/api/completion' }) // does not render this component
  return (
    <article>
      <button onClick={() => void completion.start('Hi')}>Ask</button>
      <Text completion={completion} />
      <Words completion={completion} />
    </article>
  )
}
