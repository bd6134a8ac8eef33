import type { ScriptedStream } from './scripted-stream.ts'

/**
 * Scripts a request that is rejected with an error status.
 *
 * @param body sent as JSON, or unchanged if it is a string
 * @example
 * httpFailure(429, { error: { message: 'Too many requests' } }, { 'retry-after': '2' })
 */
export function httpFailure(
  status: number,
  body: unknown = { error: { message: `The server responded with ${status}.` } },
  headers: Readonly<Record<string, string>> = {},
): ScriptedStream {
  const isText = typeof body === 'string'
  return {
    status,
    headers: { 'content-type': isText ? 'text/plain' : 'application/json', ...headers },
    steps: [{ send: isText ? body : JSON.stringify(body) }],
  }
}
