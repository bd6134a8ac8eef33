import { useEffect, useInsertionEffect, useState } from 'react'
import type { Completion } from '../client/create-completion.ts'
import type { CompletionState, Settled } from '../completion/state.ts'
import type { CompletionOptions } from '../run/options.ts'
import { createLifetime } from './lifetime.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** Creates a completion. The function decides what is part of the bundle. */
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
  // As early as the effects of children, which may start a run when they mount again.
  useIsomorphicLayoutEffect(lifetime.attach, [lifetime])
  // Not detached by the layout effect: `Suspense` also cleans up the layout effects of a component that it
  // only hides, and a renderer that is loaded with the first token must not end the run.
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
  // After an unmount, a handler that was still waiting or a callback of the ended run starts nothing: no
  // component would show or end it. The state does not change.
  return {
    lifetime,
    completion: {
      ...completion,
      start: lifetime.guard(start, ended),
      retry: lifetime.guard(retry, ended),
    },
  }
}

/** The result of a run that is refused. */
function endedByUnmount<State extends CompletionState>(
  create: CreateCompletion,
): Promise<Settled<State>> {
  const { start, abort } = create<undefined, State>({ url: '' })
  const result = start(undefined)
  abort('unmount')
  return result
}
