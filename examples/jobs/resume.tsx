import { useEffect } from 'react'
import { resumable, useStreamingCompletion, type Checkpoint } from 'use-streaming-completion'

const resume = resumable({ url: ({ responseId }) => `/api/responses/${responseId}` })
const saved = sessionStorage.getItem('answer')

export function ResumedAnswer() {
  const options = { url: '/api/responses', resume }
  const { text, status, checkpoint, start } = useStreamingCompletion<string>(options)
  useEffect(() => {
    if (saved) void start('', { checkpoint: JSON.parse(saved) as Checkpoint })
  }, [start])
  useEffect(() => {
    if (checkpoint) sessionStorage.setItem('answer', JSON.stringify(checkpoint))
    if (status === 'complete') sessionStorage.removeItem('answer')
  }, [checkpoint, status])
  return <button onClick={() => void start('Tell a long story')}>{text || 'Tell'}</button>
}
