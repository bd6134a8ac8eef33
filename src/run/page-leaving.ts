import { listenUntil } from './listen-until.ts'

/**
 * Watches whether the page is being left, until the signal aborts. Browsers break the connections of a
 * page that they unload, and some show it for a while yet; but it may come back, from the back/forward
 * cache, and has to tell the truth then.
 *
 * @returns a function that answers with a promise of the page's return while it is being left
 */
export function watchPageLeaving(signal: AbortSignal): () => Promise<void> | undefined {
  let back: Promise<void> | undefined
  let comeBack: (() => void) | undefined
  listenUntil(signal, 'pagehide', () => {
    back ??= new Promise((resolve) => (comeBack = resolve))
  })
  listenUntil(signal, 'pageshow', () => {
    back = undefined
    comeBack?.()
  })
  return () => back
}
