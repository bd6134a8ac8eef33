import type { CompletionError } from '../errors/completion-error.ts'
import type { CompletionOrigin } from '../request/request-options.ts'
import type { CompletionSettings } from '../run/options.ts'
import type { ToolResult } from '../tools/tool-result.ts'
import type { ToolSet } from '../tools/tool-set.ts'
import type { ConversationDocument, QueuedInput } from './document.ts'
import type { ConversationApi } from './request.ts'
import type { AssistantTurn, Turn, UserTurn } from './turn.ts'

/**
 * The options of a conversation: those of its completion (`url` or `source` is required), and its own. They
 * may change at any time.
 */
export type ConversationOptions<Input = unknown, Request = unknown> = ConversationSettings<
  Input,
  Request
> &
  CompletionOrigin<Request>

/** The options of a conversation, wherever its answers come from. */
export interface ConversationSettings<Input, Request> extends Omit<
  CompletionSettings<Request>,
  'onFinish' | 'onError' | 'keepPreviousText'
> {
  /**
   * Converts the turns to a request: `responsesConversation`, `storedResponsesConversation`,
   * `chatConversation`, or your own function. Its result is the input of the completion, so
   * `body: (request) => ({ model: 'gpt-5', ...request })` can add fields. An error that it throws becomes
   * the error of the turn.
   */
  api: ConversationApi<Input, Request>
  /** The system instructions, sent before the first turn. */
  instructions?: string | undefined
  /**
   * The tools that the model may call, from `defineTools`. When an answer that calls tools is complete, all of
   * them run in parallel. Then their outputs are sent to the model, which answers again.
   */
  tools?: ToolSet | undefined
  /**
   * The maximum number of requests for one question. At the limit, the outputs stay with the turn and are
   * sent with the next question.
   *
   * @default 10
   */
  maxSteps?: number | undefined
  /**
   * A saved conversation: the result of `toJSON()`, as an object or as JSON text. Read once, when the
   * conversation is created. A turn that was running is loaded as `aborted` with `abortReason: 'reload'`.
   * Loading starts nothing; see `restore` for how such a turn continues.
   *
   * @throws TypeError for anything else, so that it is not overwritten by an empty conversation
   * @default undefined (an empty conversation)
   */
  initial?: ConversationDocument | string | null | undefined
  /**
   * What `send` does while an answer is running or waits for approval: ends it and sends
   * (`'supersede'`), sends after it has ended (`'queue'`), or does nothing (`'drop'`).
   *
   * @default 'supersede'
   */
  whenBusy?: 'supersede' | 'queue' | 'drop' | undefined
  /**
   * Called exactly once per answer, whatever its outcome, after its final state is published. Errors that
   * it throws are passed to `reportError` and never affect the conversation.
   */
  onFinish?: ((turn: AssistantTurn) => void) | undefined
  /** Called before `onFinish`, only for answers that end with `status: 'error'`. */
  onError?: ((error: CompletionError, turn: AssistantTurn) => void) | undefined
}

/**
 * The status of a conversation: a request was sent (`connecting`), an answer arrives (`streaming`), tools
 * run (`tools`), a call waits for the user (`approval`), or the outcome of the last answer. `idle` before
 * the first one.
 */
export type ConversationStatus =
  'idle' | 'connecting' | 'streaming' | 'tools' | 'approval' | 'complete' | 'aborted' | 'error'

/** The state of a conversation: one immutable snapshot. */
export interface ConversationState<Input = unknown> {
  /** The visible turns, oldest first. An unchanged turn keeps its identity. */
  readonly turns: readonly Turn<Input>[]
  readonly status: ConversationStatus
  /** Whether an answer or a tool is running, or a call waits for approval. */
  readonly isBusy: boolean
  /** The calls that wait for the user's approval. */
  readonly approvals: readonly ToolResult[]
  /** Inputs that were sent while the conversation was busy. */
  readonly queue: readonly QueuedInput<Input>[]
}

/** The user's decision about a call. A denial may include a reason for the model. */
export interface Decision {
  readonly approved: boolean
  readonly reason?: string | undefined
}

type Of<T extends { readonly id: string }> = string | Pick<T, 'id'>

/**
 * The controls of a conversation. They keep their identity, return no promise, and never throw, except for
 * an event as the input of `send`.
 */
export interface ConversationControls<Input = unknown> {
  /**
   * Adds a question after the last turn and requests the answer. The new turns exist when it returns. It
   * returns no promise, so an action or a transition that calls it does not wait for the answer.
   *
   * @throws TypeError for an event as the input (`onClick={send}`)
   */
  send: (input: Input) => void
  /**
   * Stops the answer and its tools: closes the connection, keeps the text, aborts the signal of the tools,
   * and answers waiting calls with “stopped by the user”. The queue is kept and continues after the next
   * `send`.
   *
   * @param reason becomes the `abortReason` of the turn. The event of `onClick={stop}` is ignored.
   * @default 'abort'
   */
  stop: (reason?: unknown) => void
  /**
   * Requests a new version. For an answer, it repeats that one request, and reuses the tool outputs that it
   * already had. For a question, it answers from the start. The previous answer stays as a branch; a
   * running answer is aborted.
   *
   * @default the last turn
   */
  regenerate: (turn?: Of<Turn<Input>>) => void
  /** Replaces an earlier question. The earlier one stays as a branch, with everything that followed it. */
  edit: (turn: Of<UserTurn<Input>>, input: Input) => void
  /** Shows another version of a turn, one of its `branches`, with the turns after it. Stops nothing. */
  select: (turn: Of<Turn<Input>>) => void
  /**
   * Approves or denies a waiting call. The model continues once all calls of its answer have outputs.
   *
   * @param decision a denial may include a reason for the model
   * @default true
   */
  approve: (approval: Of<ToolResult>, decision?: boolean | Decision) => void
  /** Removes a turn and all turns after it, or an input from the queue. A removed answer is aborted. */
  remove: (turn: Of<Turn<Input>>) => void
  /** Stops the answer and removes everything. */
  clear: () => void
  /**
   * The conversation as JSON, with all branches, for `initial`. `JSON.stringify` calls it.
   */
  toJSON: () => ConversationDocument
}

/** A conversation without React. */
export interface Conversation<
  Input = unknown,
  Request = unknown,
> extends ConversationControls<Input> {
  /** The published state: immutable, and the same reference until the next state is published. */
  getState: () => ConversationState<Input>
  /** The state at its creation, which the server renders. */
  getInitialState: () => ConversationState<Input>
  /**
   * Calls a listener whenever a state is published.
   *
   * @returns a function that removes the listener
   */
  subscribe: (listener: () => void) => () => void
  /**
   * Continues an answer that a reload or an unmount cut off, if `resumable({ store })` still has its
   * checkpoint. `useConversation` calls it when the component mounts. Otherwise, and while an answer is
   * running, it does nothing.
   */
  restore: () => void
  /** Replaces the options. A running answer uses them from now on. */
  setOptions: (options: ConversationOptions<Input, Request>) => void
  /** Resolves to the state once nothing is running. It never rejects. */
  settled: () => Promise<ConversationState<Input>>
}
