import { useEffect, useInsertionEffect, useState } from 'react'
import {
  createCompletion,
  type Completion,
  type StartOptions,
} from '../client/create-completion.ts'
import type { CompletionOptions } from '../run/options.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/**
 * A completion that belongs to the component: it has the options of the latest render, and ends with
 * the component. `StrictMode` and fast refresh, which unmount and mount again, leave it usable.
 */
export function useOwnCompletion<Input>(
  options: CompletionOptions<Input> | undefined,
): Completion<Input> {
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
    return detach
  }, [attach, detach])

  return completion
}

function createAttachable<Input>(options: CompletionOptions<Input>) {
  const completion = createCompletion(options)
  let detached = false

  /**
   * Looks a microtask later, before anything is sent: `StrictMode` and fast refresh mount again what
   * they unmount in the same breath. A run that is started after the unmount, by a handler that was
   * still waiting, has nobody to show it either.
   */
  function abortIfDetached() {
    if (!detached) return
    queueMicrotask(() => {
      if (detached) completion.abort('unmount')
    })
  }

  return {
    completion: {
      ...completion,
      start: (input: Input, options?: StartOptions) => {
        abortIfDetached()
        return completion.start(input, options)
      },
      retry: () => {
        abortIfDetached()
        return completion.retry()
      },
    },
    attach: () => {
      detached = false
    },
    detach: () => {
      detached = true
      abortIfDetached()
    },
  }
}
