import { useStreamingCompletion } from 'use-streaming-completion'

function Answer({ model }: { model: string }) {
  const { text, start } = useStreamingCompletion({ url: '/api/completion' })
  return (
    <section>
      <button onClick={() => void start({ model, input: 'Why is the sky blue?' })}>
        Ask {model}
      </button>
      <p>{text}</p>
    </section>
  )
}

export function ThreeModels() {
  return ['small', 'medium', 'large'].map((model) => <Answer key={model} model={model} />)
}
