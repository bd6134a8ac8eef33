import { createCompletion, type Completion } from '../client/create-completion.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import { useOwnCompletion } from './use-own-completion.ts'

/**
 * A completion that belongs to the component, to hand to its children: they show it, or parts of it,
 * with `useCompletionState` and `useStreamingCompletion({ completion })`. As with
 * {@link useStreamingCompletion}, the options are those of the latest render, and the unmount aborts
 * what runs; children that an `Activity` hides do not. The component itself does not render while text
 * arrives. The completion keeps its identity.
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
