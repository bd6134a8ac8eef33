import type { CompletionError } from '../errors/completion-error.ts'
import { listenUntil } from './listen-until.ts'

/**
 * How long after a navigation began, in milliseconds, `pagehide` may come. A navigation that ends in a
 * download, or that the user stops, never has one: the page stays.
 */
const navigationLimit = 3000
/** The same after an error of WebKit's, which on iOS knows no `beforeunload`. */
const webKitLimit = 100

/**
 * Watches whether the page is being left, until the signal aborts. Firefox and WebKit break the
 * connections of a page as soon as a navigation begins, long before `pagehide` where the next page is
 * slow. The page may also come back, from the back/forward cache, and has to tell the truth then.
 *
 * @returns a function that answers with a promise while the page is being left: it resolves when the page
 *   has come back, or has stayed
 */
export function watchPageLeaving(
  signal: AbortSignal,
): (error: CompletionError) => Promise<void> | undefined {
  let back: Promise<void> | undefined
  let comeBack: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const stay = () => {
    clearTimeout(timer)
    back = undefined
    comeBack?.()
  }
  const leave = (limit?: number) => {
    clearTimeout(timer)
    back ??= new Promise((resolve) => (comeBack = resolve))
    if (limit) timer = setTimeout(stay, limit)
  }
  listenUntil(signal, 'beforeunload', () => leave(navigationLimit))
  listenUntil(signal, 'pagehide', () => leave())
  listenUntil(signal, 'pageshow', stay)
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  return ({ cause }) => {
    if (!back && (cause as Error | undefined)?.message === 'Load failed') leave(webKitLimit)
    return back
  }
}
