'use client'

import { useState } from 'react'
import { isRunning, useStreamingCompletion } from 'use-streaming-completion'

export function Answer() {
  const [prompt, setPrompt] = useState('Plan three days in Kyoto')
  const completion = useStreamingCompletion<string>({ url: '/api/completion' })
  const { text, status, error, start, abort } = completion
  const running = isRunning({ status })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void start(prompt)
      }}
    >
      <label>
        Prompt
        <input value={prompt} onChange={(event) => setPrompt(event.target.value)} />
      </label>
      <p className="row">
        <button type="submit">Ask</button>
        <button type="button" onClick={abort} disabled={!running}>
          Stop
        </button>
        <span role="status">{status}</span>
      </p>
      <p className="text" aria-busy={running}>
        {text}
      </p>
      {error && <p role="alert">{error.message}</p>}
    </form>
  )
}
