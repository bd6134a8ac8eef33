import type { Framing } from '../wire/framer.ts'
import { warnOnce } from './warn-once.ts'

const expected: Record<Framing, readonly [what: string, send: string, right: RegExp]> = {
  'server-sent-events': ['server-sent events', 'text/event-stream', /^text\/event-stream\b/],
  json: ['JSON', 'application/x-ndjson', /^[^;]*[/+](jsonl?|(x-)?ndjson|json-seq)\b/],
  text: ['plain text', 'text/plain', /^text\/(?!html)/],
}

/**
 * Warns of a stream that is read although its content type is another's.
 *
 * @param contentType `null` where the response has none, `undefined` where there is no response
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
        `The response is a stream of ${what}, but ${contentType ? `has the content type '${contentType}'` : 'has no content type'}. It is read all the same; but proxies, compression and browsers go by the content type, and may hold such a stream back. Let the server send 'Content-Type: ${send}'.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
