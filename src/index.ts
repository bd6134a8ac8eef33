'use client'

export { CompletionError, isCompletionError } from './errors.ts'
export type { CompletionErrorKind, NetworkPhase, TimeoutName } from './errors.ts'
export { moderationGate } from './client/moderation-gate.ts'
export { useCompletionState } from './react/use-completion-state.ts'
export { useStreamingCompletion } from './react/use-streaming-completion.ts'
export type {
  UseStreamingCompletionOptions,
  UseStreamingCompletionResult,
} from './react/use-streaming-completion.ts'
export type * from './types.ts'
