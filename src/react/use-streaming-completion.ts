import { useEffect, useMemo } from 'react'
import {
  createCompletion,
  type Completion,
  type CompletionControls,
} from '../client/create-completion.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import type { CompletionState } from '../completion/state.ts'
import { useCompletionState } from './use-completion-state.ts'
import { useOwnCompletion, type CreateCompletion } from './use-own-completion.ts'

/** The options of {@link useStreamingCompletion}: those of a completion of its own, or a shared one. */
export type UseStreamingCompletionOptions<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> =
  | (CompletionOptions<Input, State> & { completion?: undefined })
  | {
      /**
       * A completion from `createCompletion`, shared with other components. It has its own options,
       * and it goes on when this component unmounts.
       */
      completion: Completion<Input, State>
    }

/** What {@link useStreamingCompletion} returns: the state's fields, narrowed by `status`, and the controls. */
export type UseStreamingCompletionResult<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> = State & CompletionControls<Input, State>

/**
 * Streams a model completion into a component. Nothing is sent until `start` is called; a second
 * `start` aborts the first; the unmount aborts what runs (`abortReason` is `'unmount'`). So does an
 * `Activity` that hides the component: until it is shown again, `start` settles as `aborted` at once,
 * and the state stays as it is.
 *
 * The component renders at most once a frame while text arrives. `start`, `abort`, `retry` and
 * `reset` keep their identity, and the options are read when they are used, so neither needs a memo.
 *
 * @example
 * const { text, status, error, start, abort } = useStreamingCompletion({ url: '/api/completion' })
 */
export function useStreamingCompletion<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
>(
  options: UseStreamingCompletionOptions<Input, State>,
): UseStreamingCompletionResult<Input, State> {
  return useCompletionMadeBy(createCompletion, options)
}

/** @param create makes the completion of its own: the same function in every render */
export function useCompletionMadeBy<Input, State extends CompletionState>(
  create: CreateCompletion,
  options: UseStreamingCompletionOptions<Input, State>,
): UseStreamingCompletionResult<Input, State> {
  const shared = options.completion
  const own = useOwnCompletion(create, shared ? undefined : options)
  const completion = shared ?? own
  // A run of its own that the component no longer shows.
  useEffect(() => {
    if (shared) own.abort('superseded')
  }, [shared, own])
  const state = useCompletionState(completion, wholeState<State>)

  return useMemo(() => {
    const { start, abort, retry, reset } = completion
    return { ...state, start, abort, retry, reset }
  }, [state, completion])
}

function wholeState<State>(state: State): State {
  return state
}
