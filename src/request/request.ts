import { isReadableStream } from '../wire/body.ts'
import { diagnoseSecret } from '../diagnosis/diagnose-secret.ts'
import {
  appError,
  inputIsNoJson,
  nothingToStart,
  optionThrew,
  unusableHeaders,
} from '../errors/app.ts'
import { isCompletionError } from '../errors/completion-error.ts'
import type { RequestOptions } from './request-options.ts'

/** Sends the request of one attempt. Rejects with the errors of `fetch` and of the app's functions. */
export async function sendRequest<Input>(
  options: RequestOptions<Input>,
  input: Input,
  signal: AbortSignal,
): Promise<Response> {
  const { fetch = globalThis.fetch, credentials, method = 'POST' } = options
  const target = (await valueOf(options, 'url', input)) as string | URL | undefined
  if (target === undefined) throw appError(nothingToStart)
  const isGet = /^(get|head)$/i.test(method)
  const body = isGet ? undefined : await bodyOf(options, input)
  const headers = headersFrom((await valueOf(options, 'headers', input)) as HeadersInit | undefined)
  // The app's own fetch may ignore a signal that is already aborted.
  if (signal.aborted) throw new Error('Aborted before it was sent.')
  if (!headers.has('accept')) headers.set('accept', accept)
  // A string can be anything, but the intended proxies accept JSON.
  if (typeof body === 'string' && !headers.has('content-type')) {
    headers.set('content-type', 'application/json')
  }
  diagnoseSecret(target, headers, body)
  const isNative = fetch === globalThis.fetch && nativeFetch.test(String(fetch))
  const response = await fetch(target, {
    method,
    headers,
    signal,
    ...(credentials ? { credentials } : {}),
    ...(body === undefined ? {} : { body }),
    // Otherwise Firefox delays a GET while an identical one is streaming, even in another tab.
    ...(isGet ? { cache: 'no-store' as const } : {}),
    // Without it, fetch rejects a stream as the body.
    ...(isReadableStream(body) ? { duplex: 'half' } : {}),
  })
  if (isNative) nativeResponses.add(response)
  return response
}

/** Matches the source text of the browser's own fetch. Bound functions and proxies have no name in theirs. */
const nativeFetch = /^(async )?function fetch\(.*\[native code\]/s

/** Responses of the browser's own `fetch`. */
const nativeResponses = /* @__PURE__ */ new WeakSet<object>()

export function isNativeResponse(response: object): boolean {
  return nativeResponses.has(response)
}

/** Resolves an option that may be a function of the input. */
async function valueOf<Input>(
  options: RequestOptions<Input>,
  name: 'url' | 'headers' | 'body',
  input: Input,
): Promise<unknown> {
  try {
    const value = options[name]
    return await (typeof value === 'function' ? value(input) : value)
  } catch (thrown) {
    throw isCompletionError(thrown) ? thrown : optionThrew(name, thrown)
  }
}

const accept = 'text/event-stream, application/x-ndjson, application/json, text/plain'

export function headersFrom(init: HeadersInit | undefined): Headers {
  try {
    return new Headers(init)
  } catch {
    throw unusableHeaders()
  }
}

async function bodyOf<Input>(
  options: RequestOptions<Input>,
  input: Input,
): Promise<BodyInit | undefined> {
  const isMapped = !!options.body
  const value: unknown = isMapped ? await valueOf(options, 'body', input) : input
  if (value === undefined || isNativeBody(value)) return value
  if (typeof value === 'string' && isMapped) return value
  try {
    return JSON.stringify(typeof value === 'string' ? { input: value } : value)
  } catch {
    throw inputIsNoJson()
  }
}

/** Whether `fetch` can send the body and set its content type. */
function isNativeBody(value: unknown): value is BodyInit {
  const { FormData, Blob, URLSearchParams, ReadableStream, ArrayBuffer } = globalThis
  return (
    ArrayBuffer.isView(value) ||
    [FormData, Blob, URLSearchParams, ReadableStream, ArrayBuffer].some(
      // Not every environment that has fetch has all of these.
      (type) => typeof type === 'function' && value instanceof type,
    )
  )
}
