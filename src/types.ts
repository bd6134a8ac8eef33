/** The types that both the hooks' entry and the core's entry export. */
export type { Completion, CompletionControls, StartOptions } from './client/create-completion.ts'
export type { Stage as ModerationGate } from './run/stage.ts'
export type { Resumption } from './run/resumption.ts'
export type {
  CompletionOptions,
  CompletionSettings,
  ReadOptions,
  SourceCompletionOptions,
  UrlCompletionOptions,
} from './run/options.ts'
export type { PublishMode } from './publishing/publisher.ts'
export type {
  CompletionInput,
  CompletionOrigin,
  CompletionSource,
  RequestOptions,
  SourceContext,
  SourceOrigin,
  UrlOrigin,
} from './request/request-options.ts'
export type { CompletionRegistry, CompletionRegistryOptions } from './client/completion-registry.ts'
export type { CheckpointStore } from './resume/checkpoint-store.ts'
export type { ResumeOptions } from './resume/resume-tracker.ts'
export type { BackoffOptions, RetryOptions } from './run/retry.ts'
export type { Timeouts } from './run/timeouts.ts'
export type {
  ModerationCheckContext,
  ModerationDecision,
  ModerationGateOptions,
} from './moderation/moderation-gate.ts'
export type {
  Annotation,
  Approval,
  ApprovalRequestItem,
  CustomToolCallItem,
  FunctionCallItem,
  GeneratedImage,
  HostedItem,
  ItemStatus,
  MessageItem,
  OutputItem,
  OutputTextPart,
  ReasoningItem,
  ReasoningPart,
  RefusalPart,
  ToolCall,
} from './completion/output-item.ts'
export type {
  AbortedState,
  Checkpoint,
  Choice,
  ChoiceContent,
  CompleteState,
  CompletionContent,
  CompletionState,
  CompletionStatus,
  CompletionTiming,
  ConnectingState,
  ErrorState,
  IdleState,
  RunningState,
  SettledState,
  StreamingState,
} from './completion/state.ts'
export type { FinishReason } from './formats/vocabulary/finish-reason.ts'
export type { CompletionFormat, FormatReader } from './formats/vocabulary/format.ts'
export type { CompletionEvent } from './formats/vocabulary/completion-event.ts'
export type { FormatName } from './formats/resolve-format.ts'
export type { JsonRecord } from './json/json-record.ts'
export type { Moderation, ModerationVerdict } from './formats/vocabulary/moderation.ts'
export type { Usage } from './formats/vocabulary/usage.ts'
export type { Framing } from './wire/framer.ts'
export type { TextBlockGroup } from './text/group-text-blocks.ts'
export type { TextBlock, TextContainer, TextFormat, TextPart } from './text/text-block.ts'
export type { DivideContainer, OpenContainer } from './text/containers/open-container.ts'
export type { SplitText, TextSplitterOptions } from './text/text-splitter.ts'
export type { WireEvent } from './wire/wire-event.ts'
export type { DeepPartial } from './json/deep-partial.ts'
export type { JsonValue } from './json/json-value.ts'
export type { PartialJson } from './json/parse-partial-json.ts'
export type { PartialJsonReader, PartialJsonState } from './json/partial-json-reader.ts'
export type {
  StreamingObject,
  StreamingObjectControls,
  StreamingObjectOptions,
} from './structured/create-streaming-object.ts'
export type {
  ObjectCompleteState,
  ObjectErrorState,
  ObjectSettledState,
  ObjectState,
} from './structured/object-state.ts'
export type { StandardSchema } from './structured/standard-schema.ts'
export type { StructuredOutputOptions } from './structured/structured-output.ts'
export type { ValidationIssue } from './errors/completion-error.ts'
