import type { CompletionError } from '../errors/completion-error.ts'
import { httpError } from '../errors/http.ts'
import { createBodyReader, type BodyReader } from '../wire/body.ts'
import { bodyOf } from './source-body.ts'

/** How much of an error body is read, in bytes. Providers' error bodies have a few hundred. */
const bodyLimit = 65_536

const streamed = { stream: true }

/** How long the body may take to arrive, in milliseconds. After that, the part received so far is used. */
const bodyPatience = 5000

/** Returns the error for a response that is not ok. Reads a limited part of its body. */
export async function responseError(
  response: Response,
  signal: AbortSignal,
): Promise<CompletionError> {
  return httpError(response, await readText(response, signal), retryAfterOf(response.headers))
}

async function readText(response: Response, signal: AbortSignal): Promise<string> {
  let reader: BodyReader
  try {
    reader = createBodyReader(bodyOf(response))
  } catch {
    // React Native's fetch has already read the body. Other responses without a stream have no body.
    return (response.body as unknown) === undefined ? response.text().catch(() => '') : ''
  }
  const cancel = () => reader.cancel(signal.reason)
  signal.addEventListener('abort', cancel)
  const timer = setTimeout(cancel, bodyPatience)
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let left = bodyLimit; left > 0;) {
      const { done, value } = await reader.read()
      if (done) break
      const piece = value as Uint8Array | string
      text += typeof piece === 'string' ? piece : decoder.decode(piece.subarray(0, left), streamed)
      left -= piece.length
    }
  } catch {
    // The status is reported even if the body cannot be read completely.
  }
  clearTimeout(timer)
  signal.removeEventListener('abort', cancel)
  cancel()
  reader.release()
  return text + decoder.decode()
}

/**
 * How long the server asks the client to wait, in milliseconds: `retry-after-ms`, or `Retry-After` in seconds
 * or as a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after).
 */
function retryAfterOf(headers: Headers): number | undefined {
  const exact = longestOf(headers.get('retry-after-ms'))
  if (exact !== undefined) return exact
  const value = headers.get('retry-after') ?? ''
  const seconds = longestOf(value)
  if (seconds !== undefined) return seconds * 1000
  // `Date.parse` also accepts `-1` and `5, 5` as dates.
  const date = /^[a-z]/i.test(value) ? Date.parse(value) : NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

/** The longest of the delays in a header: each proxy may have added its own. */
function longestOf(value: string | null): number | undefined {
  if (!value || !/^\d[\d., ]*$/.test(value)) return undefined
  const longest = Math.max(...value.split(',').map(Number))
  return longest >= 0 ? longest : undefined
}
