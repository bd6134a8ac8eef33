'use client'

export { broadcast } from './tabs/broadcast.ts'
export { checkpointStore } from './resume/checkpoint-store.ts'
export { createCompletionRegistry } from './client/completion-registry.ts'
export { resumable } from './resume/resumable.ts'
export { isRunning } from './completion/state.ts'
export { CompletionError, isCompletionError } from './errors/completion-error.ts'
export type { CompletionErrorKind, NetworkPhase, TimeoutName } from './errors/completion-error.ts'
export { moderationGate } from './moderation/moderation-gate.ts'
export { useCompletionAnnouncer } from './react/use-completion-announcer.ts'
export type { UseCompletionAnnouncerOptions } from './react/use-completion-announcer.ts'
export type {
  AnnouncedState,
  Announcement,
  AnnouncementMessages,
} from './accessibility/announcer.ts'
export { useCompletion } from './react/use-completion.ts'
export { useCompletionState } from './react/use-completion-state.ts'
export type { ObservableCompletion } from './react/use-completion-state.ts'
export { createPartialJsonReader } from './json/partial-json-reader.ts'
export { parsePartialJson } from './json/parse-partial-json.ts'
export { useStreamingCompletion } from './react/use-streaming-completion.ts'
export type {
  UseStreamingCompletionOptions,
  UseStreamingCompletionResult,
} from './react/use-streaming-completion.ts'
export { useSmoothText } from './react/use-smooth-text.ts'
export type { SmoothText, UseSmoothTextOptions } from './react/use-smooth-text.ts'
export { useTextBlocks } from './react/use-text-blocks.ts'
export type { UseTextBlocksOptions } from './react/use-text-blocks.ts'
export { containerParts } from './text/containers/container-parts.ts'
export { groupTextBlocks } from './text/group-text-blocks.ts'
export { repairMarkdown } from './text/repair/repair-markdown.ts'
export { useStreamingObject } from './react/use-streaming-object.ts'
export type {
  UseStreamingObjectOptions,
  UseStreamingObjectResult,
} from './react/use-streaming-object.ts'
export type * from './types.ts'
