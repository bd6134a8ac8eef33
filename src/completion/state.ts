import type { CompletionError } from '../errors/completion-error.ts'
import type { FinishReason } from '../formats/vocabulary/finish-reason.ts'
import type { Moderation } from '../formats/vocabulary/moderation.ts'
import type { Usage } from '../formats/vocabulary/usage.ts'
import type { Annotation, Approval, GeneratedImage, OutputItem, ToolCall } from './output-item.ts'

/** What one choice of the model holds. */
export interface ChoiceContent {
  /** All output text so far, in output order. Grows by appending; an authoritative `done` value that differs replaces it. */
  readonly text: string
  /** All reasoning so far, summaries included. Never part of `text`. */
  readonly reasoning: string
  /** The model's own words when it declines. Never part of `text`. */
  readonly refusal: string
  /**
   * What the model says on its way to the answer: the text of the messages whose `phase` is
   * `commentary`, a blank line between them. Never part of `text`.
   */
  readonly commentary: string
  /** The ordered items of the output. An item that did not change keeps its identity. */
  readonly output: readonly OutputItem[]
  /** The tools that the app is to run, in output order. A call that did not change keeps its identity. */
  readonly toolCalls: readonly ToolCall[]
  /**
   * What waits for the user's decision, in output order: a tool that runs once it is approved. One that did not
   * change keeps its identity.
   */
  readonly approvals: readonly Approval[]
  /** The citations of all output text, in output order, flat as in the Responses API. */
  readonly annotations: readonly Annotation[]
  /** The images of the output, previews included, in output order. An unchanged one keeps its identity. */
  readonly images: readonly GeneratedImage[]
  /** The text of a spoken answer. Never part of `text`. */
  readonly transcript: string
  /** Log probabilities of the text's tokens, as the wire has them; `undefined` unless the request asked for them. */
  readonly logprobs: readonly unknown[] | undefined
  /**
   * Why the model stopped. `undefined` until it says so, and where a stream ended properly without
   * saying so and nothing waits for the app or the user.
   */
  readonly finishReason: FinishReason | undefined
  /** The finish reason as the wire has it. */
  readonly rawFinishReason: string | undefined
}

/** One of several alternative answers (`n` > 1 of the Completions APIs). */
export interface Choice extends ChoiceContent {
  readonly index: number
}

/** What a completion has produced so far. The fields of the first choice stand at the top. */
export interface CompletionContent extends ChoiceContent {
  /** All choices in order, the first included; `undefined` unless there is more than one. */
  readonly choices: readonly Choice[] | undefined
  /** Token counts, once the provider has sent them. */
  readonly usage: Usage | undefined
  /** What the provider's own moderation said, where the request asked for it. */
  readonly moderation: Moderation | undefined
  /** The provider's identifier of the completion. */
  readonly responseId: string | undefined
  /** The model that answered, as the provider names it. */
  readonly model: string | undefined
  /** The service tier that the provider used. */
  readonly serviceTier: string | undefined
}

/** When things happened, in milliseconds on the clock of `performance.now()`. */
export interface CompletionTiming {
  /** When `start` was called. */
  readonly startedAt: number
  /** When the response's headers had arrived. */
  readonly responseAt: number | undefined
  /** When the first content (text, reasoning, refusal or a tool call) had arrived. */
  readonly firstTokenAt: number | undefined
  /** When the last bytes arrived, keep-alive comments included. */
  readonly lastByteAt: number | undefined
  /** When the run settled. */
  readonly settledAt: number | undefined
  /** How many events carried text, so far. */
  readonly textEvents: number
  /** The longest silence between two arrivals of bytes after the headers, in milliseconds. */
  readonly longestGap: number
}

/**
 * Where in its stream a run is: small, and JSON, so that an app can store it and pass it to `start`
 * after a page reload.
 */
export interface Checkpoint {
  /** The provider's identifier of the completion. */
  readonly responseId?: string | undefined
  /** The `sequence_number` of the last event that took effect. */
  readonly sequenceNumber?: number | undefined
  /** The `id` of the last server-sent event that took effect. */
  readonly lastEventId?: string | undefined
}

interface RunState extends CompletionContent {
  /** Which attempt of the run this is, from 1. */
  readonly attempt: number
  /**
   * While the run waits to retry or to resume: when the next attempt begins, on the clock of
   * `performance.now()`; `Infinity` while that depends on the browser coming online. Else `undefined`.
   */
  readonly nextAttemptAt: number | undefined
  /**
   * What to store and to pass to `start` after a page reload. `undefined` without `resume`, before
   * there is anything to resume, and once the run is `complete`.
   */
  readonly checkpoint: Checkpoint | undefined
  readonly timing: CompletionTiming
  readonly error: undefined
  readonly abortReason: undefined
}

/** Nothing has been started, or `reset` was called. */
export interface IdleState extends CompletionContent {
  readonly status: 'idle'
  readonly attempt: 0
  readonly nextAttemptAt: undefined
  readonly checkpoint: undefined
  readonly timing: undefined
  readonly error: undefined
  readonly abortReason: undefined
}

/** The request is on its way; the response's headers have not arrived. */
export interface ConnectingState extends RunState {
  readonly status: 'connecting'
}

/** The response is being read. `text` may still be empty. */
export interface StreamingState extends RunState {
  readonly status: 'streaming'
}

/** The format's own proper end was seen. A token limit and a content filter end here too: see `finishReason`. */
export interface CompleteState extends RunState {
  readonly status: 'complete'
}

/** The run was ended from this side: `abort`, `reset`, a newer `start`, or an unmount. */
export interface AbortedState extends Omit<RunState, 'abortReason'> {
  readonly status: 'aborted'
  /**
   * What was passed to `abort`; `'abort'` if nothing was. `'superseded'` by a newer `start`,
   * `'reset'` by `reset`, `'unmount'` when the component that started it was unmounted, or
   * hidden by `Activity`.
   */
  readonly abortReason: unknown
}

/** The run failed. Everything that had arrived is still here. */
export interface ErrorState extends Omit<RunState, 'error'> {
  readonly status: 'error'
  readonly error: CompletionError
}

/** A completion as React sees it: one immutable snapshot, a union on `status`. */
export type CompletionState =
  IdleState | ConnectingState | StreamingState | CompleteState | AbortedState | ErrorState

/** The member of a union of states before anything was started. */
export type Idle<State extends CompletionState> = Extract<State, { status: 'idle' }>

/** The members of a union of states in which a run goes on. */
type Running<State extends CompletionState> = Extract<State, { status: 'connecting' | 'streaming' }>

/** The members of a union of states in which a run has settled. */
export type Settled<State extends CompletionState> = Extract<
  State,
  { status: 'complete' | 'aborted' | 'error' }
>

/** The member of a union of states in which a run has failed. */
export type Failed<State extends CompletionState> = Extract<State, { status: 'error' }>

/** A run goes on. */
export type RunningState = Running<CompletionState>

/** How a run ended. */
export type SettledState = Settled<CompletionState>

/** The status alone. */
export type CompletionStatus = CompletionState['status']

/** Whether a run goes on: the status is `connecting` or `streaming`. Narrows a whole state. */
export function isRunning<State extends { status: CompletionStatus }>(
  state: State,
): state is State & { status: 'connecting' | 'streaming' } {
  return state.status === 'connecting' || state.status === 'streaming'
}
