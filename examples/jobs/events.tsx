import { useRef } from 'react'
import { useStreamingCompletion, type WireEvent } from 'use-streaming-completion'

export function Inspected() {
  const events = useRef<WireEvent[]>([])
  const { text, timing, start } = useStreamingCompletion<string>({
    url: '/api/completion',
    onEvent: (event) => events.current.push(event), // every event, including unknown ones
    onFinish: () => console.table(events.current),
  })
  const firstToken = (timing?.firstTokenAt ?? NaN) - (timing?.startedAt ?? NaN)
  return (
    <article>
      <button onClick={() => void start('Hi')}>Ask</button>
      <p>{text}</p>
      {firstToken > 0 && <p>First token after {firstToken.toFixed(0)} ms</p>}
    </article>
  )
}
