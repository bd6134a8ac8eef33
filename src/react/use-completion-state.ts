import { useRef, useState, useSyncExternalStore } from 'react'
import { idleState, type Completion } from '../client/create-completion.ts'
import type { CompletionState } from '../completion/state.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** The part of a completion, a streaming object or a conversation that {@link useCompletionState} uses. */
export interface ObservableCompletion<State = CompletionState> extends Pick<
  Completion,
  'subscribe'
> {
  getState: () => State
  /** The state that the server renders, if it is not the idle state of a completion. */
  getInitialState?: () => State
}

/**
 * Returns a part of a completion's published state. The component renders only when that part changes: a
 * component that selects the status does not render for new text. All components that display completions
 * render in one React commit.
 *
 * @param completion a completion from `useCompletion`, `createCompletion` or `createStreamingObject`,
 *   passed through props or context. It keeps running when the component unmounts. On the server and
 *   during hydration its state is `idle`; a run that is already active appears before the next paint.
 * @param selector selects the part. It may be inline; the latest one is used. It is called while rendering, so it
 *   must be pure. Errors that it throws reach the error boundary.
 * @param isEqual compares two parts. While they are equal, the previous one is returned, so a selector that creates
 *   a new object needs it. The default is `Object.is`.
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
  // restart a pending transition, so a navigation during a stream would be very slow.
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
    // Before the paint, shows what was published since the render, or what a new selector selects.
    update.current()
  })
  useIsomorphicLayoutEffect(
    () =>
      completion.subscribe(() => {
        update.current?.()
        // If the publishing call is part of a transition, so is this update, and it would be shown only
        // when the transition ends. A microtask later, it is an ordinary update.
        queueMicrotask(() => update.current?.())
      }),
    [completion],
  )

  return selected
}

const neverChanges = () => () => undefined
const no = () => false

/** The server has no run to show, so hydration renders none either. */
function isUnderWay(completion: ObservableCompletion<unknown>): boolean {
  return completion.getState() !== stateOf(completion, true)
}

function stateOf<State>(completion: ObservableCompletion<State>, isHydrating: boolean): State {
  return isHydrating
    ? (completion.getInitialState?.() ?? (idleState as State))
    : completion.getState()
}

/**
 * Selects from the latest state in every render. The state of the last render may be older than the
 * published one, if the selector found nothing new in it.
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
