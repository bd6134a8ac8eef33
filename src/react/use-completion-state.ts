import { useRef, useState } from 'react'
import type { Completion } from '../client/create-completion.ts'
import type { CompletionState } from '../completion/state.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/**
 * A part of a completion's published state. The component renders again when that part changes, and
 * for nothing else: one that selects the status does not render for text. All components that show
 * one completion, or several, are published to together, in one commit of React.
 *
 * @param completion a completion from `createCompletion`, handed down through props or context. It
 *   goes on when the component unmounts. On the server, as in the browser before `start`, it is `idle`.
 * @param selector picks the part. It may be inline; the latest one is used. It is called in render,
 *   so it must be pure.
 * @param isEqual says whether two parts are the same. The one before is returned as long as they are,
 *   so a selector that makes a new object needs one. Defaults to `Object.is`.
 *
 * @example
 * const status = useCompletionState(completion, (state) => state.status)
 */
export function useCompletionState<Selected>(
  completion: Pick<Completion, 'getState' | 'subscribe'>,
  selector: (state: CompletionState) => Selected,
  isEqual: (a: Selected, b: Selected) => boolean = Object.is,
): Selected {
  // Ordinary state, not `useSyncExternalStore`: its updates are synchronous and restart a transition
  // under way, so that a navigation under a running stream would crawl.
  const [seen, setSeen] = useState(() => {
    const state = completion.getState()
    return { completion, state, selected: selector(state) }
  })
  // A state of the completion that the component had before is never shown as this one's.
  const state = seen.completion === completion ? seen.state : completion.getState()
  const selection = selector(state)
  const selected = isEqual(seen.selected, selection) ? seen.selected : selection

  const update = useRef<() => void>(undefined)
  useIsomorphicLayoutEffect(() => {
    update.current = () => {
      const next = completion.getState()
      if (next === state) return
      const selection = selector(next)
      if (!isEqual(selected, selection)) setSeen({ completion, state: next, selected: selection })
    }
    // What was published since the render, or matters only to the selector of now: before the paint.
    update.current()
  })
  useIsomorphicLayoutEffect(() => completion.subscribe(() => update.current?.()), [completion])

  return selected
}
