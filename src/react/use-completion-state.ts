import { useRef, useState, useSyncExternalStore } from 'react'
import { idleState, type Completion } from '../client/create-completion.ts'
import type { CompletionState } from '../completion/state.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** What {@link useCompletionState} needs of a completion, a streaming object, or a conversation. */
export interface ObservableCompletion<State = CompletionState> extends Pick<
  Completion,
  'subscribe'
> {
  getState: () => State
  /** The state that the server renders, where that is not an idle completion's. */
  getInitialState?: () => State
}

/**
 * A part of a completion's published state. The component renders again when that part changes, and
 * for nothing else: one that selects the status does not render for text. All components that show
 * one completion, or several, are published to together, in one commit of React.
 *
 * @param completion a completion from `useCompletion`, `createCompletion` or `createStreamingObject`,
 *   handed down through props or context. It goes on when the component unmounts. On the server and
 *   while hydrating it is `idle`, as in the browser before `start`; a run that is under way by then is
 *   shown before the next paint.
 * @param selector picks the part. It may be inline; the latest one is used. It is called in render,
 *   so it must be pure. An error that it throws reaches the error boundary.
 * @param isEqual says whether two parts are the same. The one before is returned as long as they are,
 *   so a selector that makes a new object needs one. Defaults to `Object.is`.
 *
 * @example
 * const status = useCompletionState(completion, (state) => state.status)
 */
export function useCompletionState<State, Selected>(
  completion: ObservableCompletion<State>,
  selector: (state: State) => Selected,
  isEqual: (a: Selected, b: Selected) => boolean = Object.is,
): Selected {
  // The state itself is in ordinary React state: updates of `useSyncExternalStore` are synchronous and
  // restart a transition under way, so that a navigation under a running stream would crawl.
  const isHydrating = useSyncExternalStore(neverChanges, no, () => isUnderWay(completion))
  const [shown, setShown] = useState(() => ({
    selected: selector(stateOf(completion, isHydrating)),
  }))
  const { state, selected } = readPart(completion, selector, isEqual, shown, isHydrating)

  const update = useRef<() => void>(undefined)
  useIsomorphicLayoutEffect(() => {
    update.current = () => {
      const next = completion.getState()
      if (next === state) return
      try {
        const selection = selector(next)
        if (isEqual(selected, selection)) return
        setShown({ selected: selection })
      } catch {
        // It throws again in render, where an error boundary catches it.
        setShown({ selected })
      }
    }
    // What was published since the render, or matters only to the selector of now: before the paint.
    update.current()
  })
  useIsomorphicLayoutEffect(
    () =>
      completion.subscribe(() => {
        update.current?.()
        // Where the call that published is part of a transition, so is that update, and it would be
        // shown only at the end of the transition. A microtask later it is an ordinary one.
        queueMicrotask(() => update.current?.())
      }),
    [completion],
  )

  return selected
}

const neverChanges = () => () => undefined
const no = () => false

/** The server has no run to show, so a page that hydrates renders none either. */
function isUnderWay(completion: ObservableCompletion<unknown>): boolean {
  return completion.getState() !== stateOf(completion, true)
}

function stateOf<State>(completion: ObservableCompletion<State>, isHydrating: boolean): State {
  return isHydrating
    ? (completion.getInitialState?.() ?? (idleState as State))
    : completion.getState()
}

/**
 * Reads the part anew for every selector: the state of the last render may be older than what is
 * published, where the selector of then found nothing new in it.
 */
function readPart<State, Selected>(
  completion: ObservableCompletion<State>,
  selector: (state: State) => Selected,
  isEqual: (a: Selected, b: Selected) => boolean,
  { selected }: { selected: Selected },
  isHydrating: boolean,
) {
  const state = stateOf(completion, isHydrating)
  const selection = selector(state)
  return { state, selected: isEqual(selected, selection) ? selected : selection }
}
