import { warnOnce } from './warn-once.ts'

/** Whether a component is in the tree. Known in development only. */
export interface ComponentPlace {
  isInserted?: boolean
}

/**
 * An insertion effect that notes whether the component is in the tree: unlike other effects, React keeps
 * those of a component that `Activity` hides.
 */
export function watchPlace(place: ComponentPlace): (() => void) | undefined {
  try {
    if (process.env.NODE_ENV !== 'production') {
      place.isInserted = true
      return () => (place.isInserted = false)
    }
  } catch {
    // There is no `process`.
  }
  return undefined
}

/**
 * Warns about a run that ends, or does not start, because `Activity` hides its component.
 *
 * @param getState the state of a completion whose component is hidden; omitted if a run was to start
 */
export function diagnoseHidden(
  place: ComponentPlace,
  getState?: () => { readonly status: string },
): void {
  try {
    if (process.env.NODE_ENV !== 'production' && place.isInserted) {
      if (getState && !/^(connecting|streaming|tools)$/.test(getState().status)) return
      warnOnce(
        'hidden',
        "A run was aborted with the reason 'unmount', or did not start, because its component is hidden by <Activity>. React cleans up the effects of a hidden component as if it were unmounted. Next.js with cacheComponents hides the pages that the user leaves in this way. To keep a run going, create the completion above the <Activity> with useCompletion, or outside of components with createCompletionRegistry or createConversation.",
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
