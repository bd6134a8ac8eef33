import type { OutputItem, ToolCall } from '../completion/output-item.ts'

/**
 * The progress of a call: it waits for the user (`approval`), runs (`running`), returned its output
 * (`complete`), failed (`error`), was stopped (`aborted`), or was not approved (`denied`).
 */
export type ToolResultStatus = 'approval' | 'running' | 'complete' | 'error' | 'aborted' | 'denied'

/** The result of a call that the app answers: a call of one of its tools, or an approval. */
export interface ToolResult {
  /** The identifier of the call. */
  readonly id: string
  /** The type of the call; `approval` if the provider runs the tool once it is approved. */
  readonly type: ToolCall['type'] | 'approval'
  readonly name: string
  /** The input of the tool, as the model wrote it. */
  readonly input: unknown
  /** The server's message about an approval, if any. */
  readonly message: string | undefined
  readonly status: ToolResultStatus
  /**
   * The output of the tool. In every status but `complete`, the message that the model receives instead,
   * or `undefined` before there is one. For an `approval`, the decision.
   */
  readonly output: unknown
}

/** The result of a call that has not run yet. */
export function resultOf(
  {
    id,
    name,
    input,
    message,
  }: Pick<ToolCall, 'id' | 'name' | 'input'> & { message?: string | undefined },
  type: ToolResult['type'],
  status: ToolResultStatus,
): ToolResult {
  return { id, type, name, input, message, status, output: undefined }
}

/** The id of the call that an item is, or belongs to. */
export function callIdOf(item: OutputItem): unknown {
  return (item as { call_id?: unknown }).call_id ?? item.id
}

/** The outcome of a call, or that it waits for approval. */
export type CallOutcome = Pick<ToolResult, 'status' | 'output'>

export const stopped: CallOutcome = { status: 'aborted', output: 'Stopped by the user.' }

/** The outcome of a call that the user denied. */
export function denied(reason: string | undefined): CallOutcome {
  return {
    status: 'denied',
    output: `The user did not approve this call${reason ? `: ${reason}` : ''}.`,
  }
}

/** The outcome of a call of a tool that does not exist. */
export function toolMissing(name: string | undefined): CallOutcome {
  return { status: 'error', output: `There is no tool named '${name}'.` }
}

/** Whether the call has an output for the model. */
export function isAnswered({ status }: ToolResult): boolean {
  return status !== 'approval' && status !== 'running'
}

/** The output of a call as the text that the model receives. */
export function outputText({ output }: ToolResult): string {
  return typeof output === 'string' ? output : JSON.stringify(output ?? null)
}
