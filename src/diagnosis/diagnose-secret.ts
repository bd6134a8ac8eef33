import { warnOnce } from './warn-once.ts'

/** The headers in which providers expect their keys. */
const keyHeaders = ['api-key', 'x-api-key', 'x-goog-api-key']

/**
 * Warns about a request from a page that contains what looks like a provider's secret key. The
 * warning names the place and never quotes the key.
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
      // At least 8 characters: `sk-SK` is the locale of Slovak. And only a key on its own, not in a text.
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
        `A request from this page contains what looks like a provider's secret key in its ${place}. Anyone who opens the page can read the key and use it at your expense. Send the request to your own proxy and add the key there. If the key has already been published in a page, revoke it.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
