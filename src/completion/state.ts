import type { CompletionError } from '../errors/completion-error.ts'
import type { FinishReason } from '../formats/vocabulary/finish-reason.ts'
import type { Moderation } from '../formats/vocabulary/moderation.ts'
import type { Usage } from '../formats/vocabulary/usage.ts'
import type { Annotation, Approval, GeneratedImage, OutputItem, ToolCall } from './output-item.ts'

/** The content of one choice. */
export interface ChoiceContent {
  /** All output text so far, in output order. Grows by appending; an authoritative `done` value that differs replaces it. */
  readonly text: string
  /**
   * All reasoning so far, summaries included, without a separator between its parts: to show each part in a
   * paragraph, read them from the `reasoning` items of `output`. Never part of `text`.
   */
  readonly reasoning: string
  /** The model's explanation when it declines to answer. Never part of `text`. */
  readonly refusal: string
  /**
   * The model's progress messages before the answer: the text of all messages whose `phase` is
   * `commentary`, separated by blank lines. Never part of `text`.
   */
  readonly commentary: string
  /** The output items, in order. An unchanged item keeps its identity. */
  readonly output: readonly OutputItem[]
  /** The calls of tools that the app runs, in output order. An unchanged call keeps its identity. */
  readonly toolCalls: readonly ToolCall[]
  /**
   * The actions that wait for the user's approval, in output order. An unchanged one keeps its identity.
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
   * Why the model stopped. `undefined` until it is known, and if a complete stream has no finish reason
   * and nothing waits for the app or the user.
   */
  readonly finishReason: FinishReason | undefined
  /** The original finish reason from the wire. */
  readonly rawFinishReason: string | undefined
}

/** One of several alternative answers (`n` > 1 of the Completions APIs). */
export interface Choice extends ChoiceContent {
  readonly index: number
}

/** The content of a completion so far. The fields of the first choice are at the top level. */
export interface CompletionContent extends ChoiceContent {
  /** All choices in order, including the first; `undefined` unless there is more than one. */
  readonly choices: readonly Choice[] | undefined
  /** Token counts, once the provider has sent them. */
  readonly usage: Usage | undefined
  /** The provider's own moderation results, if the request asked for them. */
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
  /** When the response headers arrived. */
  readonly responseAt: number | undefined
  /** When the first content (text, reasoning, refusal or a tool call) arrived. */
  readonly firstTokenAt: number | undefined
  /** When the last bytes arrived, keep-alive comments included. */
  readonly lastByteAt: number | undefined
  /** When the run settled. */
  readonly settledAt: number | undefined
  /** How many events have carried text so far. */
  readonly textEvents: number
  /** The longest silence between two arrivals of bytes after the headers, in milliseconds. */
  readonly longestGap: number
}

/**
 * The position of a run in its stream. It is small and serialisable as JSON, so an app can store it and
 * pass it to `start` after a page reload.
 */
export interface Checkpoint {
  /** The provider's identifier of the completion. */
  readonly responseId?: string | undefined
  /** The `sequence_number` of the last processed event. */
  readonly sequenceNumber?: number | undefined
  /** The `id` of the last processed server-sent event. */
  readonly lastEventId?: string | undefined
}

interface RunState extends CompletionContent {
  /** The number of the current attempt of the run, from 1. */
  readonly attempt: number
  /**
   * While the run waits to retry or to resume: when the next attempt starts, on the clock of
   * `performance.now()`, or `Infinity` while the browser is offline. Otherwise `undefined`.
   */
  readonly nextAttemptAt: number | undefined
  /**
   * The position to store and to pass to `start` after a page reload. `undefined` without `resume`, before
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

/** The request has been sent. The response headers have not arrived. */
export interface ConnectingState extends RunState {
  readonly status: 'connecting'
}

/** The response is being read. `text` may still be empty. */
export interface StreamingState extends RunState {
  readonly status: 'streaming'
}

/** The format's end marker arrived. This includes token limits and content filters: see `finishReason`. */
export interface CompleteState extends RunState {
  readonly status: 'complete'
}

/** The run was ended by the client: `abort`, `reset`, a newer `start`, or an unmount. */
export interface AbortedState extends Omit<RunState, 'abortReason'> {
  readonly status: 'aborted'
  /**
   * The argument of `abort`, or `'abort'` without one; `'superseded'` by a newer `start`, `'reset'` by
   * `reset`, `'unmount'` if the component that started it was unmounted or hidden by `Activity`.
   */
  readonly abortReason: unknown
}

/** The run failed. Everything received so far is kept. */
export interface ErrorState extends Omit<RunState, 'error'> {
  readonly status: 'error'
  readonly error: CompletionError
}

/** The state of a completion: one immutable snapshot, a union on `status`. */
export type CompletionState =
  IdleState | ConnectingState | StreamingState | CompleteState | AbortedState | ErrorState

/** The idle member of a union of states. */
export type Idle<State extends CompletionState> = Extract<State, { status: 'idle' }>

/** The members of a union of states in which a run is active. */
type Running<State extends CompletionState> = Extract<State, { status: 'connecting' | 'streaming' }>

/** The members of a union of states in which a run has settled. */
export type Settled<State extends CompletionState> = Extract<
  State,
  { status: 'complete' | 'aborted' | 'error' }
>

/** The member of a union of states in which a run has failed. */
export type Failed<State extends CompletionState> = Extract<State, { status: 'error' }>

/** A run is active. */
export type RunningState = Running<CompletionState>

/** How a run ended. */
export type SettledState = Settled<CompletionState>

/** The status alone. */
export type CompletionStatus = CompletionState['status']

/** Whether a run is active: its status is `connecting` or `streaming`. Narrows a state. */
export function isRunning<State extends { status: CompletionStatus }>(
  state: State,
): state is State & { status: 'connecting' | 'streaming' } {
  return state.status === 'connecting' || state.status === 'streaming'
}
