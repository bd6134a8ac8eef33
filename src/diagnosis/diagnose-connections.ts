import { warnOnce } from './warn-once.ts'

/** How many connections browsers open to one origin over HTTP/1.1, all tabs together. */
const perOrigin = 6

let open = 0

/**
 * Warns of more streams at once than HTTP/1.1 has connections: no event and no timing tells a request
 * that waits for one from a server that takes its time.
 *
 * @param ended aborts when the stream is no longer read
 */
export function diagnoseConnections(ended: AbortSignal): void {
  try {
    if (process.env.NODE_ENV !== 'production' && isBrowser()) {
      open++
      ended.addEventListener('abort', () => open--, { once: true })
      if (open <= perOrigin || isMultiplexed()) return
      warnOnce(
        'connections',
        `${open} streams are open at once. Over HTTP/1.1 a browser opens ${perOrigin} connections to an origin, all tabs together, so the others wait in "connecting", and may time out although the server never saw them. Serve the proxy over HTTP/2, or run fewer at a time.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}

/** And not a simulated page, whose `fetch` has no such bound. */
function isBrowser(): boolean {
  return typeof document !== 'undefined' && String(globalThis.fetch).includes('[native code]')
}

/** The proxy mostly has the origin of the page. */
function isMultiplexed(): boolean {
  const [page] = performance.getEntriesByType('navigation')
  const { nextHopProtocol = '' } = (page ?? {}) as Partial<PerformanceResourceTiming>
  return /^h[23]/.test(nextHopProtocol)
}
