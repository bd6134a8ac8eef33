export { completionStream } from './testing/completion-stream.ts'
export type { CompletionStreamOptions, ScriptFormat } from './testing/completion-stream.ts'
export type { ScriptedCompletion, ScriptedToolCall } from './testing/completion-script.ts'
export { createControlledFetch } from './testing/controlled-fetch.ts'
export type { ControlledFetch, ControlledRequest } from './testing/controlled-fetch.ts'
export { httpFailure } from './testing/http-failure.ts'
export { recordedStream } from './testing/recorded-stream.ts'
export type { RecordedStreamOptions } from './testing/recorded-stream.ts'
export { scriptedFetch } from './testing/scripted-fetch.ts'
export type { FetchScript, ScriptedRequest } from './testing/scripted-fetch.ts'
export { scriptedResponse } from './testing/scripted-response.ts'
export type {
  PaceOptions,
  ScriptedStream,
  StreamEnd,
  StreamStep,
} from './testing/scripted-stream.ts'
