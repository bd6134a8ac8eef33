import { createCompletion, type Completion } from '../client/create-completion.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import { useOwnCompletion } from './use-own-completion.ts'

/**
 * Creates a completion that the component owns and shares with its children. They display it, or parts of
 * it, with `useCompletionState` and `useStreamingCompletion({ completion })`. As with
 * {@link useStreamingCompletion}, the options of the latest render apply, and unmounting aborts the run;
 * hiding the children with `Activity` does not. The component itself does not render while text arrives.
 * The completion keeps its identity.
 *
 * @example
 * const completion = useCompletion<string>({ url: '/api/completion', headers: { authorization } })
 * return <AnswerContext value={completion}>{children}</AnswerContext>
 */
export function useCompletion<Input = CompletionInput>(
  options: CompletionOptions<Input>,
): Completion<Input> {
  return useOwnCompletion(createCompletion, options)
}
