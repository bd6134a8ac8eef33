import { CompletionError } from './completion-error.ts'

/*
 * Every error of kind `protocol`: what was opened is no stream that can be read, or not in the format
 * that was asked for. Each message names what was seen and the likely cause.
 */

function protocolError(message: string): CompletionError {
  return new CompletionError({ kind: 'protocol', message })
}

export function bodyAlreadyRead(): CompletionError {
  return protocolError(
    'The body of the response has been read already, or something else is reading it. Pass a clone() of the response.',
  )
}

export function missingBody(status: number): CompletionError {
  return protocolError(
    `The response (status ${status}) has no body to read. Some environments, React Native's fetch among them, do not stream bodies: pass a fetch that does.`,
  )
}

export function notAStream(source: unknown): CompletionError {
  return protocolError(
    `The source gave ${source === null ? 'null' : typeof source} that is no stream: it must give a Response, a ReadableStream, or an async iterable, or a promise of one.`,
  )
}

export function htmlPage(contentType: string): CompletionError {
  return protocolError(
    `Expected a stream but got an HTML page (content type ${contentType || 'missing'}): a login page, the fallback page of an app, or an error page of a proxy. Check the URL.`,
  )
}

/** @param line the first line */
export function fieldsMissing(line: string): CompletionError {
  return protocolError(
    `The event stream has no field such as 'data:', but ${JSON.stringify(line.slice(0, 60))}. If that is the answer, set format to 'text'.`,
  )
}

export function unreadDataStream(): CompletionError {
  return protocolError(
    `The body is not text, but the AI SDK's data stream. Let the server send a UI message stream, and pass format: aiSdkUi.`,
  )
}

export function malformedEvent(data: string): CompletionError {
  return protocolError(
    `An event of the stream is not the JSON it should be, but ${JSON.stringify(data.slice(0, 60))}. It was cut or mixed up on the way, or is of an unknown format, which defineFormat can read.`,
  )
}

/** @param event the name of the first event, if it has one */
export function unrecognisedEvents(event: string | undefined, data: string): CompletionError {
  return protocolError(
    `No event of the stream is in a format that is known here. The first one${event === undefined ? '' : `, named '${event}',`} is ${data.slice(0, 120)}. Read it with defineFormat from 'use-streaming-completion/core'.`,
  )
}

export function foreignFormat(seen: string, asked: string): CompletionError {
  const remedy = seen.startsWith('openai')
    ? `Set format to '${seen}', or check which API the proxy calls.`
    : `Pass format: ${seen} from 'use-streaming-completion/core'.`
  return protocolError(`The stream looks like '${seen}', and is read as '${asked}'. ${remedy}`)
}

export function foreignResponse(first: string, next: string): CompletionError {
  return protocolError(
    `The stream began with the response '${first}' and goes on with '${next}'. Two streams were mixed up on the way.`,
  )
}

export function unknownFormatName(format: string, known: readonly string[]): CompletionError {
  return protocolError(`Unknown format '${format}'. The named formats are ${known.join(', ')}.`)
}

/** @param last the number of the last event that took effect, if there was one */
export function missingEvents(number: number, last: number | undefined): CompletionError {
  const found =
    last === undefined
      ? `begins with event ${number}`
      : `goes on with event ${number} after ${last}`
  return protocolError(`Events are missing: the reopened stream ${found}.`)
}

/** The reopened stream cannot be placed after what has taken effect. */
export function unplacedEvents(problem: 'anonymous' | 'renumbered' | 'foreign'): CompletionError {
  return protocolError(`The reopened stream cannot be continued: ${placeProblems[problem]}.`)
}

const placeProblems = {
  anonymous: 'its events have neither the numbers nor the ids of those before',
  renumbered: 'it has other events under numbers or ids that were used before',
  foreign: 'it is another response',
}
