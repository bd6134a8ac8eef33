import { CompletionError } from './completion-error.ts'
import { remedyFor } from './remedies.ts'

/*
 * Every error of kind `protocol`: the response is not a readable stream, or not in the requested format.
 * Each message names what was received and what helps.
 */

function protocolError(message: string): CompletionError {
  let ending = '.'
  try {
    if (process.env.NODE_ENV !== 'production') ending = remedyFor(message)
  } catch {
    // There is no `process`: the page has no bundler.
  }
  return new CompletionError({ kind: 'protocol', message: message + ending })
}

export function bodyAlreadyRead(): CompletionError {
  return protocolError(
    'The response body has already been read, or is locked by another reader. Pass response.clone() instead',
  )
}

export function missingBody(status: number): CompletionError {
  return protocolError(
    `The response (status ${status}) has no readable body. Check the fetch option`,
  )
}

export function notAStream(source: unknown): CompletionError {
  return protocolError(
    `The source returned a value of type ${source === null ? 'null' : typeof source}, which is not a stream`,
  )
}

export function htmlPage(contentType: string): CompletionError {
  return protocolError(
    `Expected a stream but received an HTML page${typed(contentType)}. Check the URL`,
  )
}

export function binaryBody(contentType: string): CompletionError {
  return protocolError(
    `Expected text but received binary data${typed(contentType)}. Let the proxy decode it`,
  )
}

function typed(contentType: string): string {
  return ` (content type ${contentType || 'missing'})`
}

/** @param line the first line */
export function fieldsMissing(line: string): CompletionError {
  return protocolError(
    `The event stream contains no fields such as 'data:'. It starts with ${startOf(line)}. If the response is plain text, set format to 'text'`,
  )
}

export function unreadDataStream(): CompletionError {
  return protocolError(
    'The body is not plain text but an AI SDK data stream. Send a UI message stream, and pass format: aiSdkUi',
  )
}

export function malformedEvent(data: string): CompletionError {
  return protocolError(
    `Expected an event with JSON data but received ${startOf(data)}. Read other formats with defineFormat`,
  )
}

/** The beginning of a text, in quotes: enough to show what follows the first event of a stream. */
function startOf(text: string): string {
  return JSON.stringify(text.slice(0, 240))
}

/** @param event the name of the first event, if it has one */
export function unrecognisedEvents(event: string | undefined, data: string): CompletionError {
  return protocolError(
    `No event in the stream matches a known format. The first event${event === undefined ? '' : `, named '${event}',`} is ${data.slice(0, 120)}. Read other formats with defineFormat`,
  )
}

export function foreignFormat(seen: string, asked: string): CompletionError {
  return protocolError(
    `The stream looks like '${seen}' but is read as '${asked}'. Pass format: ${seen.startsWith('openai') ? `'${seen}'` : seen}`,
  )
}

export function foreignResponse(first: string, next: string): CompletionError {
  return protocolError(`The stream began with the response '${first}' and goes on with '${next}'`)
}

export function unknownFormatName(format: string, known: readonly string[]): CompletionError {
  return protocolError(`Unknown format '${format}'. The named formats are ${known.join(', ')}`)
}

/** @param last the number of the last processed event, if any */
export function missingEvents(number: number, last: number | undefined): CompletionError {
  const found =
    last === undefined
      ? `starts with event ${number}`
      : `jumps from event ${last} to event ${number}`
  return protocolError(`Events are missing: the resumed stream ${found}`)
}

/** For a resumed stream whose position relative to the processed events is unknown. */
export function unplacedEvents(problem: 'anonymous' | 'renumbered' | 'foreign'): CompletionError {
  return protocolError(`The resumed stream cannot be continued: ${placeProblems[problem]}`)
}

const placeProblems = {
  anonymous: 'its events lack the sequence numbers or ids of the earlier events',
  renumbered: 'its sequence numbers or ids do not match the earlier events',
  foreign: 'it belongs to a different response',
}
