import { stopped, type CallOutcome } from '../tools/call-tool.ts'
import { isAnswered, type ToolResult } from '../tools/tool-result.ts'

/** The calls of an answer with the outcome of one of them. A call that was sent twice has one outcome. */
export function withOutcome(
  results: readonly ToolResult[],
  index: number,
  outcome: CallOutcome,
): readonly ToolResult[] {
  const { id, type } = results[index] as ToolResult
  return results.map((result, at) =>
    at === index || (id && result.id === id && result.type === type)
      ? { ...result, ...outcome }
      : result,
  )
}

/** The calls of an answer once the user has stopped it; the same list if none was open. */
export function withoutOpenCalls(results: readonly ToolResult[]): readonly ToolResult[] {
  return results.every(isAnswered)
    ? results
    : results.map((result) => (isAnswered(result) ? result : { ...result, ...stopped }))
}

/** The indices of the calls to run: a call that was sent twice runs once. */
export function callsToRun(results: readonly ToolResult[]): number[] {
  return results.flatMap(({ id, status }, index) => {
    const first = id ? results.findIndex((result) => result.id === id) : index
    return status === 'running' && first === index ? [index] : []
  })
}
