import { isRunning, type CompletionState } from '../completion/state.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import { createCompletion, type Completion } from './create-completion.ts'

export interface CompletionRegistryOptions {
  /**
   * How many completions to keep. Beyond that, the least recently used ones are removed. A completion that
   * is running, or that something is subscribed to, such as a mounted component, is never removed.
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
  const completions = new Map<string, Kept>()

  /** @param used the key of the current call, which is never removed */
  function forgetBefore(used: string) {
    for (const [key, { completion, subscriptions }] of completions) {
      if (completions.size <= max || key === used) return
      if (subscriptions.size === 0 && !isRunning(completion.getState())) completions.delete(key)
    }
  }

  function keep<Input, State extends CompletionState>(
    key: string,
    options: CompletionOptions<Input, State>,
  ): Kept {
    const created = createCompletion(options)
    const subscriptions = new Set<object>()
    const completion: Completion<Input, State> = {
      ...created,
      subscribe(listener) {
        const subscription = {}
        subscriptions.add(subscription)
        // A component subscribes after its render, in which other keys may have been used meanwhile.
        if (!completions.has(key)) completions.set(key, kept)
        const end = created.subscribe(listener)
        return () => {
          subscriptions.delete(subscription)
          end()
        }
      },
    }
    const kept = { completion: completion as unknown as Completion<never>, subscriptions }
    return kept
  }

  return {
    get<Input, State extends CompletionState>(
      key: string,
      options: CompletionOptions<Input, State>,
    ) {
      const kept = completions.get(key) ?? keep(key, options)
      completions.delete(key)
      completions.set(key, kept)
      forgetBefore(key)
      // All calls with the same key use the same type of completion.
      const completion = kept.completion as unknown as Completion<Input, State>
      completion.setOptions(options)
      return completion
    },
    delete(key) {
      const kept = completions.get(key)
      completions.delete(key)
      kept?.completion.reset()
    },
  }
}

interface Kept {
  readonly completion: Completion<never>
  /** What displays it. */
  readonly subscriptions: ReadonlySet<object>
}
