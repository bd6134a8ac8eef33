import { isResponse } from './source-body.ts'

/**
 * Returns the response that an HTTP client such as ky or ofetch puts on the error that it throws for a status.
 * Rethrows any other value.
 */
export function thrownResponse(thrown: unknown): Response {
  const { response, data } = Object(thrown) as { response?: unknown; data?: unknown }
  if (!isResponse(response) || response.ok) throw thrown
  // The client may have read the body already; then `data` is the parsed body.
  return response.bodyUsed ? new Response(textOf(data), response) : response
}

function textOf(data: unknown): string | undefined {
  return typeof data === 'string' ? data : JSON.stringify(data)
}
