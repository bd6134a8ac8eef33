import { callApp } from './call-app.ts'

/** Who is told of every publishing. */
export interface Listeners {
  /** @returns a function that ends it */
  subscribe: (listener: () => void) => () => void
  notify: () => void
  isEmpty: () => boolean
}

export function createListeners(): Listeners {
  const subscriptions = new Set<{ listener: () => void }>()
  return {
    subscribe(listener) {
      // The same listener may subscribe twice.
      const subscription = { listener }
      subscriptions.add(subscription)
      return () => void subscriptions.delete(subscription)
    },
    notify() {
      for (const subscription of [...subscriptions]) {
        // A listener before it may have ended it.
        if (subscriptions.has(subscription)) callApp(subscription.listener)
      }
    },
    isEmpty: () => subscriptions.size === 0,
  }
}
