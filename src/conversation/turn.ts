import type { CompletionState, IdleState } from '../completion/state.ts'
import type { ToolResult } from '../tools/tool-result.ts'

interface TurnBase {
  /** Unique across tabs, mounts and reloads. */
  readonly id: string
  /**
   * The ids of all versions of this turn, itself included, oldest first: `edit` and `regenerate` add
   * one, `select` shows another.
   */
  readonly branches: readonly string[]
}

/** A question from the user. */
export interface UserTurn<Input = unknown> extends TurnBase {
  readonly role: 'user'
  /** The argument of `send` or `edit`. */
  readonly input: Input
  /** The text of the input. */
  readonly text: string
}

/** A completion that has been started. */
export type StartedState = Exclude<CompletionState, IdleState>

/**
 * The answer to one request: the state of its completion, with its own status, error, usage and timing.
 * The answer that follows tool calls is a separate turn.
 */
export type AssistantTurn = TurnBase &
  StartedState & {
    readonly role: 'assistant'
    /**
     * The results of the calls that the app answers, in order. Empty unless the completion is `complete`.
     */
    readonly results: readonly ToolResult[]
  }

/** One turn of a conversation. An unchanged turn keeps its identity. */
export type Turn<Input = unknown> = UserTurn<Input> | AssistantTurn
