import type { Framing } from '../wire/framer.ts'
import { warnOnce } from './warn-once.ts'

const expected: Record<Framing, readonly [what: string, send: string, right: RegExp]> = {
  'server-sent-events': ['server-sent events', 'text/event-stream', /^text\/event-stream\b/],
  json: ['JSON', 'application/x-ndjson', /^[^;]*[/+](jsonl?|(x-)?ndjson|json-seq)\b/],
  text: ['plain text', 'text/plain', /^text\/(?!html)/],
}

/**
 * Warns about a stream whose content type does not match its framing.
 *
 * @param contentType `null` if the response has none, `undefined` if there is no response
 */
export function diagnoseContentType(
  contentType: string | null | undefined,
  framing: Framing,
): void {
  try {
    if (process.env.NODE_ENV !== 'production') {
      const [what, send, right] = expected[framing]
      if (contentType === undefined || right.test((contentType ?? '').trim().toLowerCase())) return
      warnOnce(
        'content-type',
        `The response is a stream of ${what}, but ${contentType ? `has the content type '${contentType}'` : 'has no content type'}. It is still read, but proxies, compression and browsers rely on the content type and may buffer such a stream. Make the server send 'Content-Type: ${send}'.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
