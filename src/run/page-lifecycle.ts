import type { CompletionError } from '../errors/completion-error.ts'
import type { AttemptTimes } from './attempt-times.ts'
import { listenUntil } from './listen-until.ts'

/** What has to be known about a run when its page is left, frozen or restored. */
export interface WatchedRun {
  /** Aborts when the run has settled. */
  readonly signal: AbortSignal
  readonly times: AttemptTimes
  /** The current attempt gets no more data, and no error either. */
  onSilence: () => void
}

/**
 * How long after a navigation began, in milliseconds, `pagehide` may come. A navigation that ends in a
 * download, or that the user stops, never has one: the page stays.
 */
const navigationLimit = 3000
/** The same after an error of WebKit's, which on iOS knows no `beforeunload`. */
const webKitLimit = 100
/** How long a page that was frozen may receive no data after its return, in milliseconds. */
const returnPatience = 10_000

/**
 * Watches whether the page is left, frozen or restored, until the run has settled. Firefox and WebKit
 * break the connections of a page as soon as a navigation begins, long before `pagehide` where the next
 * page is slow. The page may come back from the back/forward cache, and must show then how the run ended.
 *
 * @returns a function to call with the error of an attempt. While the page is being left, it returns a
 *   promise that resolves when the page has come back or has stayed
 */
export function watchPage({
  signal,
  times,
  onSilence,
}: WatchedRun): (error: CompletionError) => Promise<void> | undefined {
  let back: Promise<void> | undefined
  let comeBack: (() => void) | undefined
  let stayTimer: ReturnType<typeof setTimeout> | undefined
  const stay = () => {
    clearTimeout(stayTimer)
    back = undefined
    comeBack?.()
  }
  const leave = (limit?: number) => {
    clearTimeout(stayTimer)
    back ??= new Promise((resolve) => (comeBack = resolve))
    if (limit) stayTimer = setTimeout(stay, limit)
  }
  /** A page that was frozen may never read its response again, and gets no error for it. */
  const checkAfterReturn = (event: Event) => {
    if (event.type !== 'resume' && !(event as PageTransitionEvent).persisted) return
    const { sentAt, activeAt } = times
    const timer = setTimeout(() => {
      if (sentAt !== undefined && times.sentAt === sentAt && times.activeAt === activeAt) {
        onSilence()
      }
    }, returnPatience)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }
  listenUntil(signal, 'beforeunload', () => leave(navigationLimit))
  listenUntil(signal, 'pagehide', () => leave())
  listenUntil(signal, 'pageshow', stay)
  listenUntil(signal, 'resume', checkAfterReturn)
  listenUntil(signal, 'pageshow', checkAfterReturn)
  signal.addEventListener('abort', () => clearTimeout(stayTimer), { once: true })
  return ({ cause }) => {
    if (!back && (cause as Error | undefined)?.message === 'Load failed') leave(webKitLimit)
    return back
  }
}
