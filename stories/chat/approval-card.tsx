import type { ConversationControls, ToolResult } from 'use-streaming-completion/conversation'
import { CallArguments } from '../parts/call-arguments.tsx'

interface ApprovalCardProps extends Pick<ConversationControls, 'approve'> {
  approval: ToolResult
}

/** Asks before a tool runs. */
export function ApprovalCard({ approval, approve }: ApprovalCardProps) {
  const { name, input, message } = approval
  return (
    <div className="chat-approval" role="group" aria-label={`Approve ${name}`}>
      <p>
        The model would like to run <code>{name}</code>. {message}
      </p>
      <CallArguments input={input} />
      <div className="chat-tools">
        <button type="button" className="chip chip-primary" onClick={() => approve(approval)}>
          Allow
        </button>
        <button
          type="button"
          className="chip"
          onClick={() => approve(approval, { approved: false, reason: 'not now' })}
        >
          Do not allow
        </button>
      </div>
    </div>
  )
}
