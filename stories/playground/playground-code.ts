import type { DemoModel } from '../models.ts'
import { requestBody, type Api } from './request-body.ts'

/** The code of the Playground with its current settings. */
export function playgroundCode(api: Api, model: DemoModel, prompt: string): string {
  const body = JSON.stringify(requestBody(api, model, prompt), null, 2)
    .replaceAll(/"(\w+)":/g, '$1:')
    .replaceAll('\n', '\n    ')
  return `import { useStreamingCompletion } from 'use-streaming-completion'

export function Answer() {
  const { text, status, error, start, abort } = useStreamingCompletion<object>({
    url: '/api/completion', // your proxy: it adds the key and forwards the stream
  })
  const ask = () => {
    void start(${body})
  }
  return (
    <>
      <button onClick={ask}>Start</button>
      <button onClick={abort}>Stop</button>
      <p style={{ whiteSpace: 'pre-wrap' }}>{text}</p>
      <p role="status">{status}</p>
      {error && <p role="alert">{error.message}</p>}
    </>
  )
}`
}
