/** The types that both the hooks' entry and the core's entry export. */
export type { Completion, CompletionControls, StartOptions } from './client/create-completion.ts'
export type { ModerationGate, Resumption } from './client/event-stage.ts'
export type {
  CompletionOptions,
  CompletionSource,
  PublishMode,
  ReadOptions,
  RequestOptions,
  SourceContext,
} from './client/options.ts'
export type { ResumeOptions } from './client/resume.ts'
export type { BackoffOptions, RetryOptions } from './client/retry.ts'
export type { Timeouts } from './client/timeouts.ts'
export type {
  ModerationCheckContext,
  ModerationDecision,
  ModerationGateOptions,
} from './client/moderation-gate.ts'
export type {
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
  SettledState,
  StreamingState,
} from './completion/state.ts'
export type { FinishReason } from './formats/finish-reason.ts'
export type { CompletionFormat, FormatReader } from './formats/format.ts'
export type { CompletionEvent } from './formats/completion-event.ts'
export type { FormatName } from './formats/resolve-format.ts'
export type { JsonRecord } from './formats/json.ts'
export type { Moderation, ModerationVerdict } from './formats/moderation.ts'
export type { Usage } from './formats/usage.ts'
export type { Framing } from './wire/framer.ts'
export type { TextBlockGroup } from './text/group-text-blocks.ts'
export type { TextBlock, TextFormat } from './text/text-block.ts'
export type { SplitText } from './text/text-splitter.ts'
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
export type { ValidationIssue } from './errors.ts'
export type { RunningState } from './client/run.ts'
