import type { CompletionState } from 'use-streaming-completion'
import { ErrorPanel } from './error-panel.tsx'

/** Details about the end of an answer that the status line does not show. */
export function OutcomeNotice({ completion }: { completion: CompletionState }) {
  if (completion.status === 'error') {
    return <ErrorPanel error={completion.error} keptText={completion.text !== ''} />
  }
  const notice = noticeOf(completion)
  return notice === undefined ? null : <p className="notice">{notice}</p>
}

function noticeOf({ status, finishReason, text }: CompletionState): string | undefined {
  if (status === 'aborted') {
    return text === ''
      ? 'You stopped this run before any text arrived.'
      : 'You stopped this run. The text received so far is kept.'
  }
  if (status !== 'complete') return undefined
  if (finishReason === 'length') return 'The answer stopped at the token limit. It is incomplete.'
  if (finishReason === 'content-filter')
    return 'A content filter stopped the answer. It is incomplete.'
  if (finishReason === 'approval') return 'The answer continues once you approve what it asks for.'
  return undefined
}
