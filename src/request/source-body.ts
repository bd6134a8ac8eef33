import { CompletionError } from '../errors/completion-error.ts'
import { createBodyReader, isAsyncIterable, isReadableStream, type WireBody } from '../wire/body.ts'
import type { CompletionSource } from '../run/options.ts'

/** Known by its shape: environments without a streaming `fetch` bring a `Response` of their own. */
export function isResponse(source: unknown): source is Response {
  return (
    typeof source === 'object' &&
    source !== null &&
    'headers' in source &&
    'status' in source &&
    'body' in source
  )
}

/** The body to read. Throws a CompletionError of kind `protocol` where there is none. */
export function bodyOf(source: CompletionSource): WireBody {
  const body: unknown = isResponse(source) ? (source.body ?? undefined) : source
  if (isReadableStream(body) ? body.locked : isResponse(source) && source.bodyUsed) {
    throw protocolError(
      'The body of the response has been read already, or something else is reading it. Pass a clone() of the response.',
    )
  }
  if (isReadableStream(body) || isAsyncIterable(body)) return body
  throw protocolError(
    isResponse(source)
      ? `The response (status ${source.status}) has no body to read. Some environments, React Native's fetch among them, do not stream bodies: pass a fetch that does.`
      : `The source gave ${body === null ? 'null' : typeof body} that is no stream: it must give a Response, a ReadableStream, or an async iterable, or a promise of one.`,
  )
}

/** A stream that came too late: nobody wants it any more. */
export function discard(source: CompletionSource): void {
  const body = isResponse(source) ? source.body : source
  if (body) createBodyReader(body).cancel()
}

function protocolError(message: string): CompletionError {
  return new CompletionError({ kind: 'protocol', message })
}
