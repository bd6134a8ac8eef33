import { isRunning, useSmoothText, useStreamingCompletion } from 'use-streaming-completion'

export function Typewriter() {
  const completion = useStreamingCompletion<string>({ url: '/api/completion' })
  const smooth = useSmoothText(completion.text, { ended: !isRunning(completion) })
  return <button onClick={() => void completion.start('Hi')}>{smooth.text || 'Ask'}</button>
}
