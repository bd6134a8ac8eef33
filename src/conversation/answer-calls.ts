import type { ToolCall } from '../completion/output-item.ts'
import type { ChoiceContent, SettledState } from '../completion/state.ts'
import { resultOf, type ToolResult } from '../tools/tool-result.ts'

/** The calls of an answer that arrived whole. */
export function completedCalls({ toolCalls }: Pick<ChoiceContent, 'toolCalls'>): ToolCall[] {
  return toolCalls.filter(({ status }) => status === 'completed')
}

/**
 * What is to become of the calls of an answer that has just settled: those of tools run, and approvals
 * wait for the user. The tools come first, in the order of {@link completedCalls}.
 *
 * @param hasTools without tools the calls are not this conversation's to answer
 */
export function pendingResults(state: SettledState, hasTools: boolean): ToolResult[] {
  if (state.status !== 'complete') return []
  const calls = hasTools ? completedCalls(state) : []
  const { approvals = [] } = state as { approvals?: readonly Parameters<typeof resultOf>[0][] }
  return [
    ...calls.map((call) => resultOf(call, call.type, 'running')),
    ...approvals.map((approval) => resultOf(approval, 'approval', 'approval')),
  ]
}
