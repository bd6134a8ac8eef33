import { bodyAlreadyRead, missingBody, notAStream } from '../errors/protocol.ts'
import { createBodyReader, isAsyncIterable, isReadableStream, type WireBody } from '../wire/body.ts'
import type { CompletionSource } from './request-options.ts'

/** Known by its shape: environments without a streaming `fetch` bring a `Response` of their own. */
export function isResponse(source: unknown): source is Response {
  return (
    typeof source === 'object' &&
    source !== null &&
    'headers' in source &&
    'status' in source &&
    // React Native's has no body at all.
    ('body' in source || 'text' in source)
  )
}

/** The body to read. Throws a CompletionError of kind `protocol` where there is none. */
export function bodyOf(source: CompletionSource): WireBody {
  const body: unknown = isResponse(source) ? (source.body ?? undefined) : source
  if (isReadableStream(body) ? body.locked : isResponse(source) && source.bodyUsed) {
    throw bodyAlreadyRead()
  }
  if (isReadableStream(body) || isAsyncIterable(body)) return body
  throw isResponse(source) ? missingBody(source.status) : notAStream(body)
}

/** A stream that came too late: nobody wants it any more. */
export function discard(source: CompletionSource): void {
  const body = isResponse(source) ? source.body : source
  if (body) createBodyReader(body).cancel()
}
