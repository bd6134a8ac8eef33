import { useInsertionEffect, useState } from 'react'
import {
  createCompletion,
  type Completion,
  type StartOptions,
} from '../client/create-completion.ts'
import type { CompletionOptions } from '../client/options.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/**
 * A completion that belongs to the component: it has the options of the latest render, and ends with
 * the component. `StrictMode` and fast refresh, which unmount and mount again, leave it usable.
 */
export function useOwnCompletion<Input>(
  options: CompletionOptions<Input> | undefined,
): Completion<Input> {
  const [{ completion, attach }] = useState(() => createAttachable(options ?? {}))

  // Before any effect or handler of the app can start a run.
  useInsertionEffect(() => {
    if (options) completion.setOptions(options)
  })
  // Before the effects of children, which may start one when they are mounted again.
  useIsomorphicLayoutEffect(attach, [attach])

  return completion
}

function createAttachable<Input>(options: CompletionOptions<Input>) {
  const completion = createCompletion(options)
  let detached = false

  /**
   * A run that is started after the unmount, by a handler that was still waiting, has nobody to show
   * it. Looks a microtask later, before anything is sent: a component that is mounted again has the
   * layout effects of its children run first.
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
      return () => {
        detached = true
        completion.abort('unmount')
      }
    },
  }
}
