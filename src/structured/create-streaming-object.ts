import {
  createCompletion,
  type Completion,
  type CompletionControls,
} from '../client/create-completion.ts'
import type { CompletionInput } from '../request/request-options.ts'
import { inSeries } from '../run/in-series.ts'
import type { CompletionOptions } from '../run/options.ts'
import type { ObjectState } from './object-state.ts'
import { structuredOutput, type StructuredOutputOptions } from './structured-output.ts'

/** The options of a completion whose answer is JSON. */
export type StreamingObjectOptions<
  T = unknown,
  Input = CompletionInput,
  In = T,
> = CompletionOptions<Input, ObjectState<T, In>> & StructuredOutputOptions<In, T>

/** The controls of a completion. Their promises resolve to states with `object` and `value`. */
export type StreamingObjectControls<
  T = unknown,
  Input = CompletionInput,
  In = T,
> = CompletionControls<Input, ObjectState<T, In>>

/** A completion whose answer is JSON. A new schema in `setOptions` applies from the next run on. */
export interface StreamingObject<T = unknown, Input = CompletionInput, In = T> extends Omit<
  Completion<Input, ObjectState<T, In>>,
  'setOptions'
> {
  /** Replaces the options. A new schema applies from the next run on. */
  setOptions: (options: StreamingObjectOptions<T, Input, In>) => void
}

/** The options of the completion behind a streaming object. Its states have `object` and `value`. */
export function completionOptions<T, Input, In>(
  options: StreamingObjectOptions<T, Input, In>,
): CompletionOptions<Input, ObjectState<T, In>> {
  return { ...options, stage: (moderate) => inSeries(moderate, structuredOutput(options)) }
}

/**
 * Creates a completion whose answer is JSON: the client behind `useStreamingObject`, to share between
 * components or to use without React. It works like {@link createCompletion}, but its states also have
 * `object`, the JSON so far, and `value`, the validated result. An answer that is not complete JSON, or
 * does not match the schema, is an error of kind `validation`.
 */
export function createStreamingObject<T = unknown, Input = CompletionInput, In = T>(
  options: StreamingObjectOptions<T, Input, In>,
): StreamingObject<T, Input, In> {
  const completion = createCompletion(completionOptions(options))
  return {
    ...completion,
    setOptions: (next) => completion.setOptions(completionOptions(next)),
  }
}
