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

/** What the user said. */
export interface UserTurn<Input = unknown> extends TurnBase {
  readonly role: 'user'
  /** What was passed to `send` or `edit`. */
  readonly input: Input
  /** The text of the input. */
  readonly text: string
}

/** A completion that has been started. */
export type StartedState = Exclude<CompletionState, IdleState>

/**
 * What the model answered to one request: the state of its completion, with a status, an error, usage
 * and timing of its own, which it keeps. After the tools have run, the model answers in a turn of its own.
 */
export type AssistantTurn = TurnBase &
  StartedState & {
    readonly role: 'assistant'
    /**
     * What became of the calls that the app is to answer, in order; empty unless the completion is
     * `complete`.
     */
    readonly results: readonly ToolResult[]
  }

/** One turn of a conversation. A turn that did not change keeps its identity. */
export type Turn<Input = unknown> = UserTurn<Input> | AssistantTurn
