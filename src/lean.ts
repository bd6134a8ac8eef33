'use client'

export {
  createLeanCompletion as createCompletion,
  withAnyFraming,
  withFastReading,
  withPageLifecycle,
  withRetry,
  withTimeouts,
} from './client/create-lean-completion.ts'
export type { Feature, LeanCompletionOptions } from './client/create-lean-completion.ts'
export { isRunning } from './completion/state.ts'
export { CompletionError, isCompletionError } from './errors/completion-error.ts'
export type { CompletionErrorKind, NetworkPhase, TimeoutName } from './errors/completion-error.ts'
export { openaiChat } from './formats/chat/openai-chat.ts'
export { openaiCompletions } from './formats/chat/openai-completions.ts'
export { openaiResponses } from './formats/responses/openai-responses.ts'
export { useCompletionState } from './react/use-completion-state.ts'
export type { ObservableCompletion } from './react/use-completion-state.ts'
export { useLeanCompletion as useStreamingCompletion } from './react/use-lean-completion.ts'
export type { UseLeanCompletionOptions } from './react/use-lean-completion.ts'
export type { UseStreamingCompletionResult } from './react/use-streaming-completion.ts'
export type * from './types.ts'
