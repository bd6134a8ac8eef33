import { useEffect, useInsertionEffect, useState } from 'react'
import type { Completion } from '../client/create-completion.ts'
import type { CompletionState, Settled } from '../completion/state.ts'
import type { CompletionOptions } from '../run/options.ts'
import { createLifetime } from './lifetime.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** Makes a completion; which one decides what formats are part of the bundle. */
export type CreateCompletion = <Input, State extends CompletionState>(
  options: CompletionOptions<Input, State>,
) => Completion<Input, State>

/**
 * A completion that belongs to the component: it has the options of the latest render, and ends with
 * the component. `StrictMode` and fast refresh, which unmount and mount again, leave it usable.
 */
export function useOwnCompletion<Input, State extends CompletionState = CompletionState>(
  create: CreateCompletion,
  options: CompletionOptions<Input, State> | undefined,
): Completion<Input, State> {
  const [{ completion, lifetime }] = useState(() => createOwned(create, options ?? { url: '' }))

  // Before any effect or handler of the app can start a run.
  useInsertionEffect(() => {
    if (options) completion.setOptions(options)
    return lifetime.insert()
  })
  // As early as the effects of children, which may start a run when they are mounted again.
  useIsomorphicLayoutEffect(lifetime.attach, [lifetime])
  // Not the layout effect's to undo: `Suspense` ends those of a component that it only hides, and a
  // renderer that is loaded with the first token must not end the run that brought it.
  useEffect(() => {
    lifetime.attach()
    void completion.restore()
    return lifetime.detach
  }, [lifetime, completion])

  return completion
}

function createOwned<Input, State extends CompletionState>(
  create: CreateCompletion,
  options: CompletionOptions<Input, State>,
) {
  const completion = create(options)
  const ended = () => endedByUnmount<State>(create)
  const { getState, abort, start, retry } = completion
  const lifetime = createLifetime(getState, () => abort('unmount'))
  // A handler that was still waiting, or a callback of the run that the unmount ended: nothing is
  // started, as nobody would see it or end it. What is shown stays as it is.
  return {
    lifetime,
    completion: {
      ...completion,
      start: lifetime.guard(start, ended),
      retry: lifetime.guard(retry, ended),
    },
  }
}

/** The result of a run that never was. */
function endedByUnmount<State extends CompletionState>(
  create: CreateCompletion,
): Promise<Settled<State>> {
  const { start, abort } = create<undefined, State>({ url: '' })
  const result = start(undefined)
  abort('unmount')
  return result
}
