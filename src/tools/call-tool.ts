import type { ToolCall } from '../completion/output-item.ts'
import type { ValidationIssue } from '../errors/completion-error.ts'
import { issuePath } from '../errors/issue-path.ts'
import { parseJson } from '../json/parse-json.ts'
import { messageOf } from './message-of.ts'
import type { AnyTools } from './tool.ts'
import { stopped, toolMissing, type CallOutcome } from './tool-result.ts'

/**
 * Validates the input of a call, checks whether it needs approval, and runs its tool. Never rejects:
 * failures become outputs that the model can react to.
 *
 * @param isApproved whether the user has approved the call already
 * @returns `approval`, without running the tool, if the user has to approve the call first
 */
export async function callTool(
  tools: AnyTools,
  call: ToolCall,
  signal: AbortSignal,
  isApproved?: boolean,
): Promise<CallOutcome> {
  try {
    const tool = Object.hasOwn(tools, call.name) ? tools[call.name] : undefined
    if (!tool) return toolMissing(call.name)
    let input: unknown = call.input
    if (call.type === 'function') {
      // Models send empty arguments for a tool without input.
      input = parseJson(call.arguments || '{}')
      if (input === undefined) return failed('The arguments are not valid JSON.')
    }
    const result = await tool.schema?.['~standard'].validate(input)
    if (result?.issues) return failed(`Invalid input: ${describeIssues(result.issues)}`)
    if (result) input = result.value
    const { approve } = tool
    if (!isApproved && (typeof approve === 'function' ? await approve(input) : approve))
      return { status: 'approval', output: undefined }
    if (signal.aborted) return stopped
    const output = await tool.run(input, { signal, call })
    // An output that cannot be sent is an error of the tool: `stringify` throws for a circular object, and
    // returns `undefined` for a function.
    const text = JSON.stringify(output ?? null) as string | undefined
    if (text === undefined) return failed('The output is not valid JSON.')
    return { status: 'complete', output }
  } catch (thrown) {
    return failed(messageOf(thrown) || 'The tool failed.')
  }
}

function failed(output: string): CallOutcome {
  return { status: 'error', output }
}

function describeIssues(issues: readonly ValidationIssue[]): string {
  return issues.map((issue) => `${issuePath(issue)}: ${issue.message}`).join('; ')
}
