import type { IncomingMessage } from 'node:http'
import { ProxyError } from './proxy-error.ts'

/** The host names of the loopback interface. */
const loopback = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

/**
 * Rejects requests for hosts other than this machine. A page of another site can make its own name
 * resolve to 127.0.0.1 (DNS rebinding). The browser then treats this proxy as part of that site, and
 * only the `Host` header reveals it.
 *
 * @param allowed additional hosts with their ports, for a demo behind a forwarded address
 * @throws ProxyError with status 403
 */
export function requireKnownHost(request: IncomingMessage, allowed: readonly string[]): void {
  const { host = '' } = request.headers
  if (loopback.test(host) || allowed.includes(host.toLowerCase())) return
  throw new ProxyError(
    403,
    'host_not_allowed',
    'This proxy answers only requests for localhost. To allow another host, list it in DEMO_ALLOWED_HOSTS.',
  )
}
