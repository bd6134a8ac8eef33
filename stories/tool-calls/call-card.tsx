import type { ToolCall } from 'use-streaming-completion'

/** A tool call, readable while its arguments stream. */
export function CallCard({ call, output }: { call: ToolCall; output: string | undefined }) {
  return (
    <li className="call" aria-busy={call.status === 'in_progress'}>
      <p className="call-name">
        <code>{call.name}</code>
      </p>
      <dl className="call-arguments">
        {Object.entries((call.input ?? {}) as Record<string, unknown>).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{Array.isArray(value) ? value.join(', ') : String(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="call-output">{output ?? <span className="quiet">not run yet</span>}</p>
    </li>
  )
}
