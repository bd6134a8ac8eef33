import type { ToolResult } from 'use-streaming-completion/conversation'

const words: Readonly<Record<ToolResult['status'], string>> = {
  approval: 'waits for you',
  running: 'runs …',
  complete: 'done',
  error: 'failed',
  aborted: 'stopped',
  denied: 'not approved',
}

/** A tool call and its result. */
export function CallResult({ result }: { result: ToolResult }) {
  const { name, status, input, output } = result
  return (
    <details className="chat-call" data-status={status}>
      <summary>
        <code>{name}</code> <span>{words[status]}</span> <code>{JSON.stringify(input)}</code>
      </summary>
      <pre tabIndex={0}>{JSON.stringify(input, null, 2)}</pre>
      {output !== undefined && <pre tabIndex={0}>{JSON.stringify(output, null, 2)}</pre>}
    </details>
  )
}
