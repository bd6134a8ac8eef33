import { onTestFinished } from 'vitest'

/** Hides the page, or shows it again, as the browser would: the state first, then the event. */
export function setPageVisibility(visibility: 'hidden' | 'visible') {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
  document.dispatchEvent(new Event('visibilitychange'))
  onTestFinished(() => {
    // Removes the property that hides the prototype's getter.
    Reflect.deleteProperty(document, 'visibilityState')
  })
}
