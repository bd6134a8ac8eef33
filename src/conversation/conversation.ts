import type { CompletionError } from '../errors/completion-error.ts'
import type { CompletionOrigin } from '../request/request-options.ts'
import type { CompletionSettings } from '../run/options.ts'
import type { Tools } from '../tools/tool.ts'
import type { ToolResult } from '../tools/tool-result.ts'
import type { ConversationDocument, QueuedInput } from './document.ts'
import type { ConversationApi } from './request.ts'
import type { AssistantTurn, Turn, UserTurn } from './turn.ts'

/**
 * The options of a conversation: those of its completion, of which `url` or `source` is required, and how
 * it goes on. They may change at any time.
 */
export type ConversationOptions<
  Input = unknown,
  Request = unknown,
  Inputs = unknown,
> = ConversationSettings<Input, Request, Inputs> & CompletionOrigin<Request>

/** The options of a conversation, wherever its answers come from. */
export interface ConversationSettings<Input, Request, Inputs> extends Omit<
  CompletionSettings<Request>,
  'onFinish' | 'onError' | 'keepPreviousText'
> {
  /**
   * How the turns become a request: `responsesConversation`, `storedResponsesConversation`,
   * `chatConversation`, or a function of one's own. What it returns is the input of the completion, so
   * `body: (request) => ({ model: 'gpt-5', ...request })` adds to it. An error that it throws is that
   * of the turn.
   */
  api: ConversationApi<Input, Request>
  /** What the model is told before the first turn. */
  instructions?: string | undefined
  /**
   * The tools that the model may call, by name. They run when an answer that calls them is complete,
   * all at once, and the model then gets their outputs and answers again.
   */
  tools?: Tools<Inputs> | undefined
  /**
   * How many requests one question may lead to. When the limit is reached, the outputs stay with the
   * turn, and are sent with the next question.
   *
   * @default 10
   */
  maxSteps?: number | undefined
  /**
   * A conversation to go on with: what `toJSON()` gave, or that as JSON text. Read once, when the
   * conversation is created. A turn that was running is loaded as `aborted`, its `abortReason` is
   * `'reload'`, and nothing runs because it was loaded; see `restore` for how it goes on.
   *
   * @throws TypeError for anything else, so that it is not overwritten by an empty conversation
   * @default undefined (an empty conversation)
   */
  initial?: ConversationDocument | string | null | undefined
  /**
   * What `send` does while an answer is under way or waits for an approval: ends that and sends
   * (`'supersede'`), sends when it has come to its end (`'queue'`), or nothing (`'drop'`).
   *
   * @default 'supersede'
   */
  whenBusy?: 'supersede' | 'queue' | 'drop' | undefined
  /**
   * Called exactly once for every answer, whatever its outcome, after its final state is published. An
   * error that it throws is reported and breaks nothing.
   */
  onFinish?: ((turn: AssistantTurn) => void) | undefined
  /** Called before `onFinish` for an answer that ended with `status: 'error'`, and for no other. */
  onError?: ((error: CompletionError, turn: AssistantTurn) => void) | undefined
}

/**
 * What a conversation does: a request is on its way (`connecting`), an answer arrives (`streaming`),
 * tools run (`tools`), a call waits for the user (`approval`), or the outcome of the last answer.
 * `idle` before the first one.
 */
export type ConversationStatus =
  'idle' | 'connecting' | 'streaming' | 'tools' | 'approval' | 'complete' | 'aborted' | 'error'

/** A conversation as React sees it: one immutable snapshot. */
export interface ConversationState<Input = unknown> {
  /** The turns that are shown, the oldest first. A turn that did not change keeps its identity. */
  readonly turns: readonly Turn<Input>[]
  readonly status: ConversationStatus
  /** Whether there is something for `stop` to end: an answer, a tool, or a call that waits. */
  readonly isBusy: boolean
  /** The calls that wait for the user, for `approve`. */
  readonly approvals: readonly ToolResult[]
  /** What was sent while the conversation was busy, and waits for its turn. */
  readonly queue: readonly QueuedInput<Input>[]
}

type Of<T extends { readonly id: string }> = string | Pick<T, 'id'>

/**
 * A conversation's controls. They keep their identity, return nothing to wait for, and never throw, but for
 * an event as the input of `send`.
 */
export interface ConversationControls<Input = unknown> {
  /**
   * Adds a question after the last turn, and asks for the answer. Its turns are there when it returns.
   * It returns nothing, so an action or a transition that calls it does not wait for the answer.
   *
   * @throws TypeError for an event as the input (`onClick={send}`)
   */
  send: (input: Input) => void
  /**
   * Ends whatever is under way: closes the connection, keeps the text, aborts the signal of the tools,
   * and answers the calls that wait with “stopped by the user”. The queue stays, and goes on after the
   * next `send`.
   *
   * @param reason becomes the `abortReason` of the turn. The event of an `onClick={stop}` counts as none.
   * @default 'abort'
   */
  stop: (reason?: unknown) => void
  /**
   * Asks again. Of an answer, this repeats the one request: tools whose outputs it already had are not
   * run again. Of a question, it answers it anew from the start. The answer before stays as a branch; one
   * that is under way is aborted.
   *
   * @default the last turn
   */
  regenerate: (turn?: Of<Turn<Input>>) => void
  /** Asks another question in place of an earlier one, which stays, with all that followed, as a branch. */
  edit: (turn: Of<UserTurn<Input>>, input: Input) => void
  /** Shows another version of a turn, one of its `branches`, with what followed it. Stops nothing. */
  select: (turn: Of<Turn<Input>>) => void
  /**
   * Decides about a call that waits. The model goes on when all calls of its answer have their outputs.
   *
   * @param decision what the model is told if it is not approved may have a reason
   * @default true
   */
  approve: (
    approval: Of<ToolResult>,
    decision?: boolean | { readonly approved: boolean; readonly reason?: string | undefined },
  ) => void
  /** Removes a turn with all that follows it, or an input from the queue. Ends what is under way there. */
  remove: (turn: Of<Turn<Input>>) => void
  /** Ends what is under way, and removes everything. */
  clear: () => void
  /**
   * The conversation as JSON, with all branches, for `initial`. `JSON.stringify` calls it.
   */
  toJSON: () => ConversationDocument
}

/** A conversation outside React. */
export interface Conversation<
  Input = unknown,
  Request = unknown,
  Inputs = unknown,
> extends ConversationControls<Input> {
  /** The published state: immutable, and the same reference until the next publishing. */
  getState: () => ConversationState<Input>
  /** The state with which it was created, which is what the server renders. */
  getInitialState: () => ConversationState<Input>
  /**
   * Calls a listener after every publishing.
   *
   * @returns a function that ends it
   */
  subscribe: (listener: () => void) => () => void
  /**
   * Goes on with an answer that was cut off by a reload or an unmount, in its turn, where
   * `resumable({ store })` still has its checkpoint. `useConversation` calls it when the component mounts.
   * Does nothing otherwise, and nothing while an answer is under way.
   */
  restore: () => void
  /** Replaces the options. What is under way uses them from now on. */
  setOptions: (options: ConversationOptions<Input, Request, Inputs>) => void
  /** Resolves to the state once nothing is under way any more. It never rejects. */
  settled: () => Promise<ConversationState<Input>>
}
