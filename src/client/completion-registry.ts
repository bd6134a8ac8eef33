import { isRunning, type CompletionState } from '../completion/state.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import { createCompletion, type Completion } from './create-completion.ts'

export interface CompletionRegistryOptions {
  /**
   * How many completions to keep. Beyond that, the least recently used ones are removed. A running
   * completion is never removed.
   *
   * @default 20
   */
  max?: number | undefined
}

/** Completions by key that outlive the components that display them. */
export interface CompletionRegistry {
  /**
   * Returns the completion of a key, or creates it. The options of the latest call apply. It starts
   * nothing, so you can call it while rendering.
   */
  get: <Input = CompletionInput, State extends CompletionState = CompletionState>(
    key: string,
    options: CompletionOptions<Input, State>,
  ) => Completion<Input, State>
  /** Removes the completion of a key and aborts its run (`abortReason` is `'reset'`). */
  delete: (key: string) => void
}

/**
 * Creates a registry of completions that keep streaming while no component displays them. An answer that
 * the user navigates away from is still live when they come back.
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
  // Ordered by use: a map keeps the insertion order of its keys.
  const completions = new Map<string, Completion<never>>()

  /** @param used the key of the current call, which is never removed */
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
      // All calls with the same key use the same type of completion.
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
