import { memo } from 'react'
import { isRunning } from 'use-streaming-completion'
import type { ToolResult, Turn } from 'use-streaming-completion/conversation'

interface TurnRowProps {
  turn: Turn
  regenerate: (turn: Turn) => void
}

/** Renders only when its own turn changes. */
export const TurnRow = memo(function TurnRow({ turn, regenerate }: TurnRowProps) {
  if (turn.role === 'user') return <li className="user">{turn.text}</li>
  const running = isRunning(turn)
  return (
    <li className="assistant" aria-busy={running}>
      {turn.results.map((result, index) => (
        <CallRow key={index} result={result} />
      ))}
      <p className="text">{turn.text || turn.refusal || (running && 'Thinking …')}</p>
      {turn.status === 'error' && <p role="alert">{turn.error.message}</p>}
      {turn.status === 'aborted' && <p className="note">Stopped</p>}
      {!running && turn.results.length === 0 && (
        <button type="button" onClick={() => regenerate(turn)}>
          Regenerate
        </button>
      )}
    </li>
  )
})

function CallRow({ result: { name, input, status, output } }: { result: ToolResult }) {
  return (
    <details className="call" data-status={status}>
      <summary>
        {name}: {status}
      </summary>
      <pre>{JSON.stringify({ input, output }, null, 2)}</pre>
    </details>
  )
}
