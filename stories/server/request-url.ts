/** Stands in for the server's own origin, which no path depends on. */
const origin = 'http://localhost'

/**
 * The address that a request asks for, from its path or its absolute form; `undefined` where it is
 * neither. A path is appended to the origin and not resolved against it: `//` would name a host.
 */
export function requestUrl({ url = '/' }: { url?: string | undefined }): URL | undefined {
  const address = url.startsWith('/') ? origin + url : url
  return URL.canParse(address) ? new URL(address) : undefined
}
