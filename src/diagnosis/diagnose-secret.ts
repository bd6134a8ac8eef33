import { warnOnce } from './warn-once.ts'

/** The headers in which providers take their keys. */
const keyHeaders = ['api-key', 'x-api-key', 'x-goog-api-key']

/**
 * Warns of a request from a page that carries what looks like a provider's secret. Says where, and
 * never any of it.
 */
export function diagnoseSecret(
  url: string | URL,
  headers: Headers,
  body: BodyInit | null | undefined,
): void {
  try {
    if (process.env.NODE_ENV !== 'production' && typeof document !== 'undefined') {
      const header = /^bearer +sk-/i.test(headers.get('authorization') ?? '')
        ? 'authorization'
        : keyHeaders.find((name) => (headers.get(name) ?? '').length >= 20)
      // Not shorter: `sk-SK` is how Slovaks write. And a key alone, not one that a text mentions.
      const place = header
        ? `header '${header}'`
        : /=sk-[\w-]{8}/.test(String(url))
          ? 'URL'
          : typeof body === 'string' && /"sk-[\w-]{8,}"/.test(body)
            ? 'body'
            : undefined
      if (!place) return
      warnOnce(
        'secret',
        `A request of this page carries what looks like a provider's secret key, in its ${place}. Everyone who opens the page can read it there and spend your money. Send the request to a proxy of your own, and let that add the key; if the key has been in a page already, replace it.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
