import { bodyAlreadyRead, missingBody, notAStream } from '../errors/protocol.ts'
import { createBodyReader, isAsyncIterable, isReadableStream, type WireBody } from '../wire/body.ts'
import type { CompletionSource } from './request-options.ts'

/** Recognised by its shape: environments without a streaming `fetch` have their own `Response` class. */
export function isResponse(source: unknown): source is Response {
  return (
    typeof source === 'object' &&
    source !== null &&
    'headers' in source &&
    'status' in source &&
    // React Native's Response has no `body`.
    ('body' in source || 'text' in source)
  )
}

/** Returns the body to read. Throws a CompletionError of kind `protocol` if there is none. */
export function bodyOf(source: CompletionSource): WireBody {
  const body: unknown = isResponse(source) ? (source.body ?? undefined) : source
  if (isReadableStream(body) ? body.locked : isResponse(source) && source.bodyUsed) {
    throw bodyAlreadyRead()
  }
  if (isReadableStream(body) || isAsyncIterable(body)) return body
  throw isResponse(source) ? missingBody(source.status) : notAStream(body)
}

/** Cancels a stream that arrived after its run ended. */
export function discard(source: CompletionSource): void {
  const body = isResponse(source) ? source.body : source
  if (body) createBodyReader(body).cancel()
}
