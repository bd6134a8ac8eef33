import { eventMark } from './event-marks.ts'
import type { Framing } from './framer.ts'

/** How much of a body is inspected at most to detect its framing, in UTF-16 code units. */
export const sniffLength = 4096

/**
 * Detects the framing of a body from its content type and its beginning: proxies often send the wrong
 * content type. Returns `undefined` if more of the body is needed.
 *
 * @param contentType the response's content type in lower case, without parameters; empty if unknown
 * @param head the body so far
 * @param whole whether this is all: the body has ended, or `head` is long enough
 */
export function sniffFraming(
  contentType: string,
  head: string,
  whole: boolean,
): Framing | 'html' | 'data-stream' | 'binary' | undefined {
  const body = head.trimStart()
  const isEventStream = contentType === 'text/event-stream'
  // The framing according to the content type alone.
  const promised = isEventStream
    ? 'server-sent-events'
    : /[/+](jsonl?|(x-)?ndjson|json-seq)$/.test(contentType)
      ? 'json'
      : 'text'
  // Blank lines alone keep a connection alive: they are not an answer.
  if (body === '') {
    return whole ? (promised === 'text' ? 'server-sent-events' : promised) : undefined
  }
  if (body.startsWith('<')) {
    // A model may answer in HTML, but a whole page is not an answer.
    if (contentType !== 'text/plain' || /^<(!doctype html|html[\s>])/i.test(body)) return 'html'
    return whole || body.length >= 16 ? 'text' : undefined
  }
  if (/^[{[]/.test(body)) {
    return isEventStream || !contentType.startsWith('text/') ? 'json' : sniffJsonInText(body, whole)
  }
  if (isEventStream) return promised
  if (body.includes('\0')) return 'binary'
  // The letters that begin the first lines of an AI SDK data stream.
  if (/^[f0238]:["{[]/.test(body)) return 'data-stream'
  if (!whole && /^[f0238]:?$/.test(body)) return undefined
  return sniffServerSentEvents(promised, body, whole)
}

/** A field of JSON and its value, if it is plain or begins a list. */
const nextField = /[{,]\s*"([^"\\]*)"(?:\s*:\s*("[^"\\]*"|[-+.\w]+(?=[\s,}])|\[))?\s*/gy

/** The fields that other JSON may have too. */
const commonFields =
  /^(id|created|model|response|sequence_number|service_tier|system_fingerprint|usage|error)$/

/**
 * Text that is JSON is either the answer itself, which is shown as it arrives, or events with the content
 * type that the `openai` package's streaming example sets. The first fields decide in most cases. If
 * their values are nested, the rest of the first line decides.
 */
function sniffJsonInText(body: string, whole: boolean): Framing | undefined {
  const [, name, value] =
    [...body.matchAll(nextField)].find(([, name = '']) => !commonFields.test(name)) ?? []
  const isTelling = /^(choices|object|type)$/.test(name ?? '')
  if (name !== undefined && (value !== undefined || !isTelling)) {
    return isTelling && eventMark.test(`"${name}":${value}`) ? 'json' : 'text'
  }
  const [line = ''] = body.split('\n')
  // An object whose first field is not complete yet.
  const couldGoOn = line === body ? /^\{\s*("|$)/ : /^\{\s*$/
  if (!whole && couldGoOn.test(body)) return undefined
  return /^\{/.test(body) && eventMark.test(line) ? 'json' : 'text'
}

/**
 * Finds server-sent events by their first lines, up to JSON data, the end of an event, or the end of what
 * has arrived. Anything else is text.
 */
function sniffServerSentEvents(
  promised: Framing,
  body: string,
  whole: boolean,
): Framing | undefined {
  const lines = body.split(/\r\n?|\n/)
  let hasData = false
  for (const [position, line] of lines.entries()) {
    if (/^data: ?[{[]/.test(line)) return 'server-sent-events'
    const isLast = position === lines.length - 1
    const isField = /^(data|event|id|retry)?:/.test(line)
    const isBeginning = isField || ' data event id retry'.includes(` ${line}`)
    if (!whole && isLast && isBeginning) return undefined
    // A comment may be cut anywhere. A field is certain only once its line has ended.
    if (line !== '' && !line.startsWith(':') && (isLast || !isField)) return promised
    hasData ||= line.startsWith('data')
    if (line === '' && hasData) break
  }
  return 'server-sent-events'
}
