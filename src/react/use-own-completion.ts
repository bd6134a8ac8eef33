import { useEffect, useInsertionEffect, useState } from 'react'
import {
  createCompletion,
  type Completion,
  type StartOptions,
} from '../client/create-completion.ts'
import type { CompletionState, Settled } from '../completion/state.ts'
import type { CompletionOptions } from '../run/options.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/**
 * A completion that belongs to the component: it has the options of the latest render, and ends with
 * the component. `StrictMode` and fast refresh, which unmount and mount again, leave it usable.
 */
export function useOwnCompletion<Input, State extends CompletionState = CompletionState>(
  options: CompletionOptions<Input, State> | undefined,
): Completion<Input, State> {
  const [{ completion, attach, detach }] = useState(() => createAttachable(options ?? {}))

  // Before any effect or handler of the app can start a run.
  useInsertionEffect(() => {
    if (options) completion.setOptions(options)
  })
  // As early as the effects of children, which may start a run when they are mounted again.
  useIsomorphicLayoutEffect(attach, [attach])
  // Not the layout effect's to undo: `Suspense` ends those of a component that it only hides, and a
  // renderer that is loaded with the first token must not end the run that brought it.
  useEffect(() => {
    attach()
    void completion.restore()
    return detach
  }, [attach, detach, completion])

  return completion
}

function createAttachable<Input, State extends CompletionState>(
  options: CompletionOptions<Input, State>,
) {
  const completion = createCompletion(options)
  let detached = false
  /** Detached for longer than `StrictMode` and fast refresh take to mount again what they unmount. */
  let gone = false

  /** Looks a microtask later, before anything is sent. */
  function endIfDetached() {
    if (!detached) return
    queueMicrotask(() => {
      gone = detached
      if (gone) completion.abort('unmount')
    })
  }

  return {
    completion: {
      ...completion,
      // A handler that was still waiting, or a callback of the run that the unmount ended: nothing is
      // started, as nobody would see it or end it.
      start: (input: Input, options?: StartOptions) => {
        if (gone) return endedByUnmount<State>()
        endIfDetached()
        return completion.start(input, options)
      },
      retry: () => {
        if (gone) return endedByUnmount<State>()
        endIfDetached()
        return completion.retry()
      },
    },
    attach: () => {
      detached = gone = false
    },
    detach: () => {
      detached = true
      endIfDetached()
    },
  }
}

/** The result of a run that never was. */
function endedByUnmount<State extends CompletionState>(): Promise<Settled<State>> {
  const { start, abort } = createCompletion<undefined, State>({ url: '' })
  const result = start(undefined)
  abort('unmount')
  return result
}
