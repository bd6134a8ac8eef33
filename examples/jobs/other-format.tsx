import { useStreamingCompletion } from 'use-streaming-completion'
import { anthropicMessages } from 'use-streaming-completion/core'

// OpenAI's formats are detected; any other is imported.
export function OtherFormat() {
  const { text, start } = useStreamingCompletion<string>({
    url: '/api/claude',
    format: anthropicMessages,
  })
  return <button onClick={() => void start('Hi')}>{text || 'Ask'}</button>
}
