import { callApp } from './call-app.ts'

/** Listeners that are called on every publish. */
export interface Listeners {
  /** @returns a function that ends the subscription */
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
        // An earlier listener may have ended the subscription.
        if (subscriptions.has(subscription)) callApp(subscription.listener)
      }
    },
    isEmpty: () => subscriptions.size === 0,
  }
}
