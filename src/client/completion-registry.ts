import { isRunning, type CompletionState } from '../completion/state.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import { createCompletion, type Completion } from './create-completion.ts'

export interface CompletionRegistryOptions {
  /**
   * How many completions to keep. Beyond it, those that do not run are forgotten, the least recently
   * used first; a running one is never forgotten.
   *
   * @default 20
   */
  max?: number | undefined
}

/** Completions by key, which outlive the components that show them. */
export interface CompletionRegistry {
  /**
   * The completion of a key, made where there is none. Its options are those of the latest call, so
   * it may be called in render: it starts nothing.
   */
  get: <Input = CompletionInput, State extends CompletionState = CompletionState>(
    key: string,
    options: CompletionOptions<Input, State>,
  ) => Completion<Input, State>
  /** Forgets the completion of a key, and aborts what runs (`abortReason` is `'reset'`). */
  delete: (key: string) => void
}

/**
 * Makes a registry of completions that go on while no component shows them: an answer that the user
 * navigates away from, or whose tab of the app is hidden, is still there, live, when they come back.
 *
 * @example
 * const answers = createCompletionRegistry()
 * // In a component:
 * const completion = answers.get(chatId, { url: '/api/completion' })
 * const { text, start } = useStreamingCompletion({ completion })
 */
export function createCompletionRegistry({
  max = 20,
}: CompletionRegistryOptions = {}): CompletionRegistry {
  // In the order of use: a map keeps the order in which its keys were set.
  const completions = new Map<string, Completion<never>>()

  /** @param used the key that was asked for: the last one, never forgotten */
  function forgetBefore(used: string) {
    for (const [key, completion] of completions) {
      if (completions.size <= max || key === used) return
      if (!isRunning(completion.getState())) completions.delete(key)
    }
  }

  return {
    get<Input, State extends CompletionState>(
      key: string,
      options: CompletionOptions<Input, State>,
    ) {
      // Whoever asks for a key again asks for the same kind of completion.
      let completion = completions.get(key) as Completion<Input, State> | undefined
      if (completion) completion.setOptions(options)
      else completion = createCompletion(options)
      completions.delete(key)
      completions.set(key, completion as unknown as Completion<never>)
      forgetBefore(key)
      return completion
    },
    delete(key) {
      const completion = completions.get(key)
      completions.delete(key)
      completion?.reset()
    },
  }
}
