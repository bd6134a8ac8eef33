import type { ToolCall } from 'use-streaming-completion'
import { CallArguments } from '../parts/call-arguments.tsx'

/** A tool call, readable while its arguments stream. */
export function CallCard({ call, output }: { call: ToolCall; output: string | undefined }) {
  return (
    <li className="call" aria-busy={call.status === 'in_progress'}>
      <p className="call-name">
        <code>{call.name}</code>
      </p>
      <CallArguments input={call.input} />
      <p className="call-output">
        <span className="call-output-label">Output</span>
        {output === undefined ? <span className="quiet">not run yet</span> : <span>{output}</span>}
      </p>
    </li>
  )
}
