import type { CompletionInput } from '../request/request-options.ts'
import {
  completionOptions,
  type StreamingObject,
  type StreamingObjectControls,
  type StreamingObjectOptions,
} from '../structured/create-streaming-object.ts'
import type { ObjectState } from '../structured/object-state.ts'
import { useStreamingCompletion } from './use-streaming-completion.ts'

/** The options of {@link useStreamingObject}: those of its own completion, or a shared one. */
export type UseStreamingObjectOptions<T = unknown, Input = CompletionInput, In = T> =
  | (StreamingObjectOptions<T, Input, In> & { completion?: undefined })
  | {
      /**
       * A completion from `createStreamingObject`, shared with other components. It has its own options,
       * and it keeps running when this component unmounts.
       */
      completion: StreamingObject<T, Input, In>
    }

/** What {@link useStreamingObject} returns: the state's fields, narrowed by `status`, and the controls. */
export type UseStreamingObjectResult<T = unknown, Input = CompletionInput, In = T> = ObjectState<
  T,
  In
> &
  StreamingObjectControls<T, Input, In>

/**
 * Streams a JSON answer into a component, as `useStreamingCompletion` does for text.
 *
 * `object` is the JSON so far. It only grows: a value never changes its type; numbers, `true`, `false` and
 * `null` appear when they are complete; unchanged parts keep their identity, so memoised rows do not render
 * again. `value` is the output of the schema, and exists only in `status: 'complete'`. An answer that is cut
 * off, is not JSON, or does not match the schema ends as an error of kind `validation`, with the schema's
 * `issues`. So does a refusal; its text is in `refusal`.
 *
 * A Markdown fence around the JSON is removed; words before it are an error. The schema at the start of the run
 * applies.
 *
 * @example
 * const { object, value, status, start } = useStreamingObject({ url: '/api/recipe', schema: recipe })
 */
export function useStreamingObject<T = unknown, Input = CompletionInput, In = T>(
  options: UseStreamingObjectOptions<T, Input, In>,
): UseStreamingObjectResult<T, Input, In> {
  return useStreamingCompletion<Input, ObjectState<T, In>>(
    options.completion ? options : completionOptions(options),
  )
}
