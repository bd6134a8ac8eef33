import { isReadableStream } from '../wire/body.ts'
import { diagnoseSecret } from '../diagnosis/diagnose-secret.ts'
import type { RequestOptions } from './request-options.ts'

/** Makes the request of one attempt. Rejects as `fetch` or the app's own functions do. */
export async function sendRequest<Input>(
  options: RequestOptions<Input>,
  input: Input,
  signal: AbortSignal,
): Promise<Response> {
  const { url, fetch = globalThis.fetch, credentials, method = 'POST' } = options
  const target = typeof url === 'function' ? url(input) : url
  if (target === undefined) {
    throw new TypeError('Neither url nor source is set: there is nothing to start.')
  }
  const body = /^(get|head)$/i.test(method) ? undefined : await bodyOf(options, input)
  const headers = headersFrom(
    await (typeof options.headers === 'function' ? options.headers(input) : options.headers),
  )
  // A fetch of the app's own need not look at its signal before it sends.
  if (signal.aborted) throw new Error('Aborted before it was sent.')
  if (!headers.has('accept')) headers.set('accept', accept)
  // A string may be anything, but the proxies that this is for take JSON.
  if (typeof body === 'string' && !headers.has('content-type')) {
    headers.set('content-type', 'application/json')
  }
  diagnoseSecret(target, headers, body)
  return fetch(target, {
    method,
    headers,
    signal,
    ...(credentials ? { credentials } : {}),
    ...(body === undefined ? {} : { body }),
    // Without it fetch refuses to send a stream.
    ...(isReadableStream(body) ? { duplex: 'half' } : {}),
  })
}

const accept = 'text/event-stream, application/x-ndjson, application/json, text/plain'

/** What `Headers` objects to is not passed on: browsers quote the value, and it may be a token. */
export function headersFrom(init: HeadersInit | undefined): Headers {
  try {
    return new Headers(init)
  } catch {
    throw new TypeError('The headers have a name or a value that cannot be sent.')
  }
}

async function bodyOf<Input>(
  { body }: RequestOptions<Input>,
  input: Input,
): Promise<BodyInit | undefined> {
  const value: unknown = body ? await body(input) : input
  if (value === undefined || isNativeBody(value)) return value
  if (typeof value === 'string') return body ? value : JSON.stringify({ input: value })
  return JSON.stringify(value)
}

/** A body that `fetch` knows how to send and to label by itself. */
function isNativeBody(value: unknown): value is BodyInit {
  const { FormData, Blob, URLSearchParams, ReadableStream, ArrayBuffer } = globalThis
  return (
    ArrayBuffer.isView(value) ||
    [FormData, Blob, URLSearchParams, ReadableStream, ArrayBuffer].some(
      // Not every environment with a fetch has all of them.
      (type) => typeof type === 'function' && value instanceof type,
    )
  )
}
