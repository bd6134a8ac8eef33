import type { ToolCall } from '../completion/output-item.ts'

/**
 * How far a call is: it waits for the user (`approval`), runs (`running`), gave its output
 * (`complete`), failed (`error`), was stopped (`aborted`), or was not approved (`denied`).
 */
export type ToolResultStatus = 'approval' | 'running' | 'complete' | 'error' | 'aborted' | 'denied'

/** What became of a call that the app is to answer: of one of its tools, or for an approval. */
export interface ToolResult {
  /** The identifier of the call. */
  readonly id: string
  /** The type of the call; `approval` where the provider runs the tool, once it is approved. */
  readonly type: ToolCall['type'] | 'approval'
  readonly name: string
  /** What the tool is called with, as the model wrote it. */
  readonly input: unknown
  /** What the server has to say about an approval, if anything. */
  readonly message: string | undefined
  readonly status: ToolResultStatus
  /**
   * What the tool gave. In every status but `complete`, the words that the model gets instead, and
   * `undefined` before there are any. For an `approval`, the decision.
   */
  readonly output: unknown
}

/** A call of which nothing has become yet. */
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

/** Whether the model can be told what became of the call. */
export function isAnswered({ status }: ToolResult): boolean {
  return status !== 'approval' && status !== 'running'
}

/** The output of a call as the text that the model gets. */
export function outputText({ output }: ToolResult): string {
  return typeof output === 'string' ? output : JSON.stringify(output ?? null)
}
