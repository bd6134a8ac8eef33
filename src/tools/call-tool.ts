import type { ToolCall } from '../completion/output-item.ts'
import type { ValidationIssue } from '../errors/completion-error.ts'
import { issuePath } from '../errors/issue-path.ts'
import { isRecord } from '../json/json-record.ts'
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
    // Models send empty arguments for a tool without input.
    if (call.type === 'function') input = JSON.parse(call.arguments || '{}')
    const result = await tool.schema?.['~standard'].validate(input)
    if (result?.issues) return failed(`Invalid input: ${describeIssues(result.issues)}`)
    if (result) input = result.value
    const { approve } = tool
    if (!isApproved && (typeof approve === 'function' ? await approve(input) : approve))
      return { status: 'approval', output: undefined }
    if (signal.aborted) return stopped
    return { status: 'complete', output: asJson(await tool.run(input, { signal, call })) }
  } catch (thrown) {
    return failed(messageOf(thrown) || 'The tool failed.')
  }
}

/**
 * The output as it is sent and saved. It is read once, because the tool may change the object later, and every
 * request must contain the same output.
 *
 * @throws TypeError or SyntaxError for anything that is not JSON, such as a circular object or a function
 */
function asJson(output: unknown): unknown {
  const text = JSON.stringify(output, refuseOpaque)
  return output && (JSON.parse(text) as unknown)
}

/** The model would receive `{}` for a promise, a response, a map or an error. */
function refuseOpaque(_: string, value: unknown): unknown {
  const type = {}.toString.call(value).slice(8, -1)
  if (type !== 'Object' && isRecord(value) && !Object.keys(value)[0])
    throw new TypeError(`A ${type} is not JSON.`)
  return value
}

function failed(output: string): CallOutcome {
  return { status: 'error', output }
}

function describeIssues(issues: readonly ValidationIssue[]): string {
  return issues.map((issue) => `${issuePath(issue)}: ${issue.message}`).join('; ')
}
