import type { CompletionError } from '../errors/completion-error.ts'
import type { AttemptTimes } from './attempt-times.ts'
import { listenUntil } from './listen-until.ts'

/** The part of a run that is watched while its page may be left, frozen or restored. */
export interface WatchedRun {
  /** Aborts when the run has settled. */
  readonly signal: AbortSignal
  readonly times: AttemptTimes
  /** Called when the current attempt receives neither data nor an error any more. */
  onSilence: () => void
}

/**
 * How long to wait for `pagehide` after a navigation has begun, in milliseconds. If the navigation becomes a
 * download, or the user stops it, `pagehide` never fires and the page stays.
 */
const navigationLimit = 3000
/** The same after an error in WebKit, which does not fire `beforeunload` on iOS. */
const webKitLimit = 100
/** How long a response may stay silent after its page was frozen, in milliseconds. */
const returnPatience = 10_000

/**
 * Watches whether the page is left, frozen or restored, until the run has settled. Firefox and WebKit
 * close the connections of a page as soon as a navigation begins. If the next page is slow, this is long
 * before `pagehide`. A page that returns from the back/forward cache has to show how the run ended.
 *
 * @returns a function to call with the error of an attempt. While the user leaves the page, it returns a
 *   promise that resolves once the page has returned or has stayed
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
  /** After a freeze, reading may never continue, without an error. */
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
