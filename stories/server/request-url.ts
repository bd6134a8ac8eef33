/** A placeholder for the server's origin; no path depends on it. */
const origin = 'http://localhost'

/**
 * The URL of a request, from its path or its absolute form; `undefined` if it is
 * neither. A path is appended to the origin, not resolved against it: `//` would name a host.
 */
export function requestUrl({ url = '/' }: { url?: string | undefined }): URL | undefined {
  const address = url.startsWith('/') ? origin + url : url
  return URL.canParse(address) ? new URL(address) : undefined
}
