import { diagnoseHidden, watchPlace, type ComponentPlace } from '../diagnosis/diagnose-hidden.ts'

/** The effects of a component, and whether it may start a run. */
export interface Lifetime {
  /** Wraps a control that starts a run. If the component is unmounted or hidden, it calls `refuse` instead. */
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
 * Ends the run of a component when the component is unmounted or hidden, but not when `StrictMode` and fast
 * refresh clean up its effects and run them again immediately.
 *
 * @param getState the state of the run
 * @param end ends the run, if there is one
 */
export function createLifetime(
  getState: () => { readonly status: string },
  end: () => void,
): Lifetime {
  const place: ComponentPlace = {}
  // This also applies before the first effect: `Activity` renders components that it has never shown.
  let isDetached = true
  /** Whether it has been detached for longer than `StrictMode` and fast refresh take. */
  let isGone = false

  /** Checks a microtask later, before a run sends its request. */
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
