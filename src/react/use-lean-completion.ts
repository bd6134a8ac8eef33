import type { Completion } from '../client/create-completion.ts'
import {
  createCompletionOfParts,
  type LeanCompletionOptions,
} from '../client/create-lean-completion.ts'
import type { CompletionState } from '../completion/state.ts'
import type { CompletionInput } from '../request/request-options.ts'
import {
  useCompletionMadeBy,
  type UseStreamingCompletionResult,
} from './use-streaming-completion.ts'

/** The options of the lean `useStreamingCompletion`: those of its own completion, or a shared one. */
export type UseLeanCompletionOptions<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> =
  | (LeanCompletionOptions<Input, State> & { completion?: undefined })
  | {
      /** As in `UseStreamingCompletionOptions`. */
      completion: Completion<Input, State>
    }

/**
 * `useStreamingCompletion` with one format and only the features that are imported and passed. It reads
 * server-sent events, and reports every outcome; nothing else is part of the bundle.
 *
 * @example
 * import { openaiResponses, useStreamingCompletion, withRetry } from 'use-streaming-completion/lean'
 * const { text, start } = useStreamingCompletion({
 *   url: '/api/completion',
 *   format: openaiResponses,
 *   features: [withRetry],
 *   retry: 2,
 * })
 */
export function useLeanCompletion<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
>(options: UseLeanCompletionOptions<Input, State>): UseStreamingCompletionResult<Input, State> {
  return useCompletionMadeBy(createCompletionOfParts, options)
}
