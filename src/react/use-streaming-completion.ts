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

/** The options of {@link useStreamingCompletion}: those of its own completion, or a shared one. */
export type UseStreamingCompletionOptions<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> =
  | (CompletionOptions<Input, State> & { completion?: undefined })
  | {
      /**
       * A completion from `createCompletion`, shared with other components. It has its own options,
       * and it keeps running when this component unmounts.
       */
      completion: Completion<Input, State>
    }

/** What {@link useStreamingCompletion} returns: the state's fields, narrowed by `status`, and the controls. */
export type UseStreamingCompletionResult<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> = State & CompletionControls<Input, State>

/**
 * Streams a model completion into a component. Nothing is sent until `start` is called. A second `start`
 * aborts the first. Unmounting aborts the run (`abortReason` is `'unmount'`), and so does hiding the
 * component with `Activity`: until it is shown again, `start` settles as `aborted` immediately, and the
 * state does not change.
 *
 * The component renders at most once per frame while text arrives. `start`, `abort`, `retry` and `reset`
 * keep their identity, and options are read when they are used, so nothing has to be memoised.
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

/** @param create creates the component's own completion: the same function in every render */
export function useCompletionMadeBy<Input, State extends CompletionState>(
  create: CreateCompletion,
  options: UseStreamingCompletionOptions<Input, State>,
): UseStreamingCompletionResult<Input, State> {
  const shared = options.completion
  const own = useOwnCompletion(create, shared ? undefined : options)
  const completion = shared ?? own
  // The component's own run, which it no longer shows.
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
