import { CompletionError } from './completion-error.ts'

/*
 * Every error of kind `protocol`: the response is not a readable stream, or not in the requested format.
 * Each message names what was received and the likely cause.
 */

function protocolError(message: string): CompletionError {
  return new CompletionError({ kind: 'protocol', message })
}

export function bodyAlreadyRead(): CompletionError {
  return protocolError(
    'The response body has already been read, or is locked by another reader. Pass response.clone() instead.',
  )
}

export function missingBody(status: number): CompletionError {
  return protocolError(
    `The response (status ${status}) has no readable body. Some environments, such as React Native's fetch, do not stream response bodies: pass a fetch that does.`,
  )
}

export function notAStream(source: unknown): CompletionError {
  return protocolError(
    `The source returned a value of type ${source === null ? 'null' : typeof source}, which is not a stream. Return a Response, a ReadableStream or an async iterable, or a promise of one.`,
  )
}

export function htmlPage(contentType: string): CompletionError {
  return protocolError(
    `Expected a stream but received an HTML page (content type ${contentType || 'missing'}). It may be a login page, an app's fallback page or a proxy's error page. Check the URL.`,
  )
}

/** @param line the first line */
export function fieldsMissing(line: string): CompletionError {
  return protocolError(
    `The event stream contains no fields such as 'data:'. It starts with ${JSON.stringify(line.slice(0, 60))}. If the response is plain text, set format to 'text'.`,
  )
}

export function binaryBody(contentType: string): CompletionError {
  return protocolError(
    `Expected text but got binary data (content type ${contentType || 'missing'}). Let the proxy decode it, as AWS's SDK does for Bedrock.`,
  )
}

export function unreadDataStream(): CompletionError {
  return protocolError(
    `The body is not plain text but an AI SDK data stream, with lines such as 0:"Hello". Have the server send a UI message stream, and pass format: aiSdkUi from 'use-streaming-completion/core'.`,
  )
}

export function malformedEvent(data: string): CompletionError {
  return protocolError(
    `Expected an event with JSON data but received ${JSON.stringify(data.slice(0, 60))}. The event was truncated or corrupted in transit, or the stream has a custom format: read it with defineFormat.`,
  )
}

/** @param event the name of the first event, if it has one */
export function unrecognisedEvents(event: string | undefined, data: string): CompletionError {
  return protocolError(
    `No event in the stream matches a known format. The first event${event === undefined ? '' : `, named '${event}',`} is ${data.slice(0, 120)}. Read it with defineFormat from 'use-streaming-completion/core'.`,
  )
}

export function foreignFormat(seen: string, asked: string): CompletionError {
  const remedy = seen.startsWith('openai')
    ? `Set format to '${seen}', or check which API the proxy calls.`
    : `Pass format: ${seen} from 'use-streaming-completion/core'.`
  return protocolError(`The stream looks like '${seen}' but is read as '${asked}'. ${remedy}`)
}

export function foreignResponse(first: string, next: string): CompletionError {
  return protocolError(
    `The stream began with the response '${first}' and goes on with '${next}'. Two streams were mixed up on the way.`,
  )
}

export function unknownFormatName(format: string, known: readonly string[]): CompletionError {
  return protocolError(`Unknown format '${format}'. The named formats are ${known.join(', ')}.`)
}

/** @param last the number of the last processed event, if any */
export function missingEvents(number: number, last: number | undefined): CompletionError {
  const found =
    last === undefined
      ? `starts with event ${number}`
      : `jumps from event ${last} to event ${number}`
  return protocolError(`Events are missing: the resumed stream ${found}.`)
}

/** The position of the resumed stream relative to the processed events is unknown. */
export function unplacedEvents(problem: 'anonymous' | 'renumbered' | 'foreign'): CompletionError {
  return protocolError(`The resumed stream cannot be continued: ${placeProblems[problem]}.`)
}

const placeProblems = {
  anonymous: 'its events lack the sequence numbers or ids of the earlier events',
  renumbered: 'its sequence numbers or ids do not match the earlier events',
  foreign: 'it belongs to a different response',
}
