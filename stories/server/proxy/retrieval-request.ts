import { ProxyError } from './proxy-error.ts'

/** A request about a response that runs in the background. */
export interface RetrievalRequest {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly stream: boolean
}

const pattern = /^\/api\/responses\/(resp_\w{1,128})(\/cancel)?$/

/**
 * The request that follows a background response, or cancels it; `undefined` where the path is
 * another. The id is the permission: it cannot be guessed, and only the page that started the
 * response was told. An app with users also looks whose it is.
 *
 * @throws ProxyError unless the page may send this.
 */
export function retrievalRequest(method: string, url: URL): RetrievalRequest | undefined {
  const [, id, cancel] = pattern.exec(url.pathname) ?? []
  if (id === undefined) return undefined
  const expected = cancel ? 'POST' : 'GET'
  if (method !== expected) {
    throw new ProxyError(405, 'method_not_allowed', `This takes ${expected} requests only.`)
  }
  const after = url.searchParams.get('starting_after')
  if (after !== null && !/^\d{1,9}$/.test(after)) {
    throw new ProxyError(400, 'invalid_starting_after', "'starting_after' must be a number.")
  }
  return cancel
    ? { method: 'post', path: `/responses/${id}/cancel`, query: {}, stream: false }
    : {
        method: 'get',
        path: `/responses/${id}`,
        query: { stream: 'true', ...(after === null ? {} : { starting_after: after }) },
        stream: true,
      }
}
