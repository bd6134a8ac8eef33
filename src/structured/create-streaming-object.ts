import {
  createCompletion,
  type Completion,
  type CompletionControls,
  type StartOptions,
} from '../client/create-completion.ts'
import type { CompletionOptions } from '../run/options.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import type { IdleState } from '../completion/state.ts'
import type { ObjectErrorState, ObjectSettledState, ObjectState } from './object-state.ts'
import { structuredOutput, type StructuredOutputOptions } from './structured-output.ts'

/** The options of a completion whose answer is JSON. */
export interface StreamingObjectOptions<T = unknown, Input = unknown, In = T>
  extends Omit<CompletionOptions<Input>, 'onFinish' | 'onError'>, StructuredOutputOptions<In, T> {
  /**
   * Called exactly once for every run, whatever its outcome, after its final state is published. An
   * error that it throws is reported and breaks nothing.
   */
  onFinish?: ((result: ObjectSettledState<T, In>) => void) | undefined
  /** Called before `onFinish` for a run that ended with `status: 'error'`, and for no other. */
  onError?: ((error: CompletionError, result: ObjectErrorState<In>) => void) | undefined
}

/** The controls of a completion, whose promises are of states with `object` and `value`. */
export interface StreamingObjectControls<T = unknown, Input = unknown, In = T> extends Omit<
  CompletionControls<Input>,
  'start' | 'retry'
> {
  /** As `start` of {@link CompletionControls}. */
  start: (input: Input, options?: StartOptions) => Promise<ObjectSettledState<T, In>>
  /** As `retry` of {@link CompletionControls}. */
  retry: () => Promise<ObjectSettledState<T, In> | IdleState>
}

/** A completion whose answer is JSON. */
export interface StreamingObject<T = unknown, Input = unknown, In = T>
  extends
    Omit<Completion<Input>, 'start' | 'retry' | 'getState' | 'setOptions'>,
    StreamingObjectControls<T, Input, In> {
  /** The published state: immutable, and the same reference until the next publishing. */
  getState: () => ObjectState<T, In>
  /** Replaces the options. A new schema counts from the next run on. */
  setOptions: (options: StreamingObjectOptions<T, Input, In>) => void
}

/** The options of the completion under a streaming object. Its states have `object` and `value`. */
export function completionOptions<T, Input, In>(
  options: StreamingObjectOptions<T, Input, In>,
): CompletionOptions<Input> {
  return {
    ...options,
    moderate: structuredOutput(options, options.moderate),
  } as unknown as CompletionOptions<Input>
}

/**
 * Makes a completion whose answer is JSON: the client under `useStreamingObject`, to share between
 * components or to use without React. As {@link createCompletion}, but its states have `object`, the
 * JSON so far, and `value`, the validated result, and an answer that is not whole JSON, or does not match
 * the schema, is an error of kind `validation`.
 */
export function createStreamingObject<T = unknown, Input = unknown, In = T>(
  options: StreamingObjectOptions<T, Input, In>,
): StreamingObject<T, Input, In> {
  const completion = createCompletion(completionOptions(options))
  return {
    ...completion,
    setOptions: (next: StreamingObjectOptions<T, Input, In>) =>
      completion.setOptions(completionOptions(next)),
  } as unknown as StreamingObject<T, Input, In>
}
