import type { CompletionError } from '../errors/completion-error.ts'
import { httpError } from '../errors/http.ts'
import { readWire } from '../wire/read-wire.ts'
import { bodyOf } from './source-body.ts'

/** How much of an error body is read, in UTF-16 code units. Providers' error bodies have a few hundred. */
const bodyLimit = 65_536

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
  const reading = new AbortController()
  const stop = () => reading.abort(signal.reason)
  signal.addEventListener('abort', stop)
  const timer = setTimeout(stop, bodyPatience)
  let text = ''
  try {
    await readWire(bodyOf(response), {
      signal: reading.signal,
      createFramer: () => ({
        push(piece) {
          text += piece
          if (text.length >= bodyLimit) stop()
        },
        end() {
          // Nothing is held.
        },
      }),
    })
  } catch {
    // The status is reported even if the body cannot be read completely. React Native's fetch has already
    // read the body; other responses without a stream have no body.
    if ((response.body as unknown) === undefined) text = await response.text().catch(() => '')
  }
  clearTimeout(timer)
  signal.removeEventListener('abort', stop)
  return text.slice(0, bodyLimit)
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
