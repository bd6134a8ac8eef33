import type { ToolCall } from '../completion/output-item.ts'
import type { ChoiceContent, SettledState } from '../completion/state.ts'
import { callIdOf, resultOf, type ToolResult } from '../tools/tool-result.ts'

/** The calls of an answer that arrived completely. */
export function completedCalls({ toolCalls }: Pick<ChoiceContent, 'toolCalls'>): ToolCall[] {
  return toolCalls.filter(({ status }) => status === 'completed')
}

/**
 * The initial results for the calls of an answer that has just settled: calls of tools run, and approvals wait
 * for the user. The tools come first, in the order of {@link completedCalls}.
 *
 * @param hasTools without tools, the app answers the calls itself
 */
export function pendingResults(state: SettledState, hasTools: boolean): ToolResult[] {
  if (state.status !== 'complete') return []
  const { approvals } = state
  const calls = (hasTools ? completedCalls(state) : []).map((call) => {
    // A call whose safety checks are pending runs once the user has seen them.
    const checks = approvals.filter(
      ({ item }) => item.type === 'computer_call' && callIdOf(item) === call.id,
    )
    const message = checks.map((check) => check.message).join('\n') || undefined
    return resultOf(
      { ...call, input: call.input, message },
      call.type,
      checks.length > 0 ? 'approval' : 'running',
    )
  })
  const requests = approvals
    .filter(({ item }) => item.type !== 'computer_call')
    .map((approval) => resultOf(approval, 'approval', 'approval'))
  return [...calls, ...requests]
}
