import { warnOnce } from './warn-once.ts'

/** How many connections browsers open to one origin over HTTP/1.1, across all tabs. */
const perOrigin = 6

let open = 0

/**
 * Warns about more simultaneous streams than HTTP/1.1 has connections. No event and no timing
 * distinguishes a request that waits for a connection from a slow server.
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

/** Excludes simulated pages, whose `fetch` has no such limit. */
function isBrowser(): boolean {
  return typeof document !== 'undefined' && String(globalThis.fetch).includes('[native code]')
}

/** Checks the page's own connection, because the proxy usually has the same origin. */
function isMultiplexed(): boolean {
  const [page] = performance.getEntriesByType('navigation')
  const { nextHopProtocol = '' } = (page ?? {}) as Partial<PerformanceResourceTiming>
  return /^h[23]/.test(nextHopProtocol)
}
