import { useStreamingCompletion } from 'use-streaming-completion'

export function Usage() {
  const { usage, timing, start } = useStreamingCompletion<string>({ url: '/api/completion' })
  const { inputTokens = 0, outputTokens = 0 } = usage ?? {}
  const dollars = (inputTokens * 0.25 + outputTokens * 2) / 1e6
  const seconds = ((timing?.settledAt ?? 0) - (timing?.startedAt ?? 0)) / 1000
  const facts = `${outputTokens} tokens, $${dollars}, ${outputTokens / seconds} tokens/s`
  return <button onClick={() => void start('Hi')}>{usage ? facts : 'Ask'}</button>
}
