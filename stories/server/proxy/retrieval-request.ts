import { ProxyError } from './proxy-error.ts'

/** A request about a background response. */
export interface RetrievalRequest {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly stream: boolean
}

const pattern = /^\/api\/responses\/(resp_\w{1,128})(\/cancel)?$/

/**
 * The request that follows or cancels a background response; `undefined` for other paths.
 * The id serves as the permission: it cannot be guessed, and only the page that started the
 * response knows it. An app with users must also check the owner.
 *
 * @throws ProxyError if the request is not allowed
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
