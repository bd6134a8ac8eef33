'use client'

export { CompletionError, isCompletionError } from './errors.ts'
export type { CompletionErrorKind, NetworkPhase } from './errors.ts'
export { useStreamingCompletion } from './react/use-streaming-completion.ts'
export type {
  UseStreamingCompletionOptions,
  UseStreamingCompletionResult,
} from './react/use-streaming-completion.ts'
export type * from './types.ts'
