import { diagnoseHidden, watchPlace, type ComponentPlace } from '../diagnosis/diagnose-hidden.ts'

/** The effects of a component, and whether it may start anything. */
export interface Lifetime {
  /** A control that starts something, and does `refuse` instead if the component is unmounted or hidden. */
  guard: <Args extends unknown[], Result>(
    start: (...args: Args) => Result,
    refuse: () => Result,
  ) => (...args: Args) => Result
  /** For the insertion effect. */
  insert: () => (() => void) | undefined
  /** For a layout effect, and for the passive effect that also returns `detach`. */
  attach: () => void
  detach: () => void
}

/**
 * Ends what a component runs when it is unmounted or hidden, but not when `StrictMode` and fast refresh
 * end its effects and run them again at once.
 *
 * @param getState the state of what runs
 * @param end ends what runs, if anything does
 */
export function createLifetime(
  getState: () => { readonly status: string },
  end: () => void,
): Lifetime {
  const place: ComponentPlace = {}
  // Also before the first effect: `Activity` renders components that it has never shown.
  let isDetached = true
  /** Detached for longer than `StrictMode` and fast refresh take. */
  let isGone = false

  /** Looks a microtask later, before a run sends anything. */
  function endIfDetached() {
    queueMicrotask(() => {
      isGone = isDetached
      if (!isGone) return
      diagnoseHidden(place, getState)
      end()
    })
  }

  return {
    guard:
      (start, refuse) =>
      (...args) => {
        endIfDetached()
        if (!isGone) return start(...args)
        diagnoseHidden(place)
        return refuse()
      },
    insert: () => watchPlace(place),
    attach() {
      isDetached = isGone = false
    },
    detach() {
      isDetached = true
      endIfDetached()
    },
  }
}
