import { useEffect, useState } from 'react'
import type { Completion } from '../client/create-completion.ts'
import type { CompletionState } from '../completion/state.ts'

/**
 * The published state of a completion, as ordinary React state. Not `useSyncExternalStore`: its
 * updates are synchronous and restart a transition under way, so that a navigation under a running
 * stream would crawl.
 */
export function usePublishedState<Input>(completion: Completion<Input>): CompletionState {
  const [seen, setSeen] = useState(() => ({ completion, state: completion.getState() }))

  useEffect(() => {
    const update = () => {
      const state = completion.getState()
      setSeen((last) =>
        last.completion === completion && last.state === state ? last : { completion, state },
      )
    }
    // What was published between the render and this effect.
    update()
    return completion.subscribe(update)
  }, [completion])

  // A state of the completion that the component had before is never shown as this one's.
  return seen.completion === completion ? seen.state : completion.getState()
}
