import { checkpointStore, resumable, useStreamingCompletion } from 'use-streaming-completion'

const resume = resumable({
  url: ({ responseId }) => `/api/responses/${responseId}`,
  store: checkpointStore('answer'),
})

export function ResumedAnswer() {
  const { text, start } = useStreamingCompletion<string>({ url: '/api/responses', resume })
  return <button onClick={() => void start('Tell a long story')}>{text || 'Tell'}</button>
}
