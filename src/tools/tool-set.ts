import type { ToolCall } from '../completion/output-item.ts'
import type { JsonRecord } from '../json/json-record.ts'
import type { CallOutcome } from './tool-result.ts'

/** A tool for the tool list of a request, in a neutral shape that is converted for each API. */
export interface DescribedTool {
  readonly name: string
  readonly description: string | undefined
  /** The JSON Schema of the input, normalised for a request. */
  readonly parameters: JsonRecord
  /** Whether the schema meets the rules of strict mode. */
  readonly strict: boolean
  /** The tool's definition from the app, sent unchanged, if it has one. */
  readonly definition: JsonRecord | undefined
}

/**
 * The tools of an app, from `defineTools`. Everything that describes and runs tools is part of it, so that
 * a conversation without tools does not have to load that code.
 */
export interface ToolSet {
  /**
   * Describes the tools for a request: `responsesTool` and `chatTool` convert each one. Schemas are
   * converted once.
   *
   * @throws TypeError with the tool's name if its schema cannot be converted to the JSON Schema of an object
   */
  describe: () => readonly DescribedTool[]
  /**
   * Validates the input of a call, checks whether it needs approval, and runs its tool. Never rejects:
   * failures become outputs that the model can react to.
   *
   * @param isApproved whether the user has approved the call already
   * @returns the status `approval`, without running the tool, if the user has to approve the call first
   */
  run: (call: ToolCall, signal: AbortSignal, isApproved?: boolean) => Promise<CallOutcome>
}
