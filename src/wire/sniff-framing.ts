import { eventObject, eventType } from './event-marks.ts'
import type { Framing } from './framer.ts'

/** How much of a body may be looked at before its framing must be decided, in UTF-16 code units. */
export const sniffLength = 4096

/**
 * Decides how a body is framed from its content type and its beginning, for many a proxy sends the
 * one with the wrong other. `undefined` asks for more of the body.
 *
 * @param contentType the response's, lower case, without parameters; empty if unknown
 * @param head the body so far
 * @param whole whether no more of the body can help: it ended, or `head` is long enough
 */
export function sniffFraming(
  contentType: string,
  head: string,
  whole: boolean,
): Framing | 'html' | 'data-stream' | 'binary' | undefined {
  const body = head.trimStart()
  const isEventStream = contentType === 'text/event-stream'
  // What the content type alone promises.
  const promised = isEventStream
    ? 'server-sent-events'
    : /[/+](jsonl?|(x-)?ndjson|json-seq)$/.test(contentType)
      ? 'json'
      : 'text'
  if (body === '') return whole ? promised : undefined
  if (body.startsWith('<')) {
    // A model may well answer in HTML; a whole page is no answer.
    if (contentType !== 'text/plain' || /^<(!doctype html|html[\s>])/i.test(body)) return 'html'
    return whole || body.length >= 16 ? 'text' : undefined
  }
  if (/^[{[]/.test(body)) {
    return isEventStream || !contentType.startsWith('text/') ? 'json' : sniffJsonInText(body, whole)
  }
  if (isEventStream) return promised
  if (body.includes('\0')) return 'binary'
  // The letters with which the lines begin that come first.
  if (/^[f0238]:["{[]/.test(body)) return 'data-stream'
  if (!whole && /^[f0238]:?$/.test(body)) return undefined
  return sniffServerSentEvents(promised, body, whole)
}

/**
 * The first field that is none of those that other JSON may have too with plain values, and its value as
 * far as it is plain or begins a list.
 */
const firstOther =
  /^\{(?:\s*"(?:id|created|model|response|sequence_number|service_tier|system_fingerprint|usage|error)"\s*:\s*(?:"[^"\\]*"|[-+.\w]+)\s*,)*\s*(?!"(?:id|created|model|response|sequence_number|service_tier|system_fingerprint|usage|error)")"([^"\\]*)"(?:\s*:\s*("[^"\\]*"|[-+.\w]+(?=[\s,}])|\[))?/

/** The fields by which an event names its format, with the beginning of their values. */
const marks = /"(choices|object|type)"\s*:\s*("[^"\\]*|\[)/g

const isEvent = (json: string): boolean =>
  [...json.matchAll(marks)].some(([, name, value = '']) => {
    const word = value.slice(1)
    if (name === 'choices') return value === '['
    return name === 'object' ? eventObject.test(word) : eventType.test(word) || word === 'error'
  })

/**
 * Text that is JSON: either the answer itself, to be shown as it comes, or events under the content
 * type that the `openai` package's own streaming example sets. The first fields tell most answers
 * apart at once; where they hold nested values, the rest of the first line is waited for.
 */
function sniffJsonInText(body: string, whole: boolean): Framing | undefined {
  const [, name, value] = firstOther.exec(body) ?? []
  const isTelling = /^(choices|object|type)$/.test(name ?? '')
  if (name !== undefined && (value !== undefined || !isTelling)) {
    return isTelling && isEvent(`"${name}":${value}`) ? 'json' : 'text'
  }
  const [line = ''] = body.split('\n')
  // A list, or an object that could go on within this line, or that has not begun in it.
  const couldGoOn = line === body ? /^\{\s*("|$)/ : /^\{\s*$/
  if (!whole && couldGoOn.test(body)) return undefined
  return /^\{/.test(body) && isEvent(line) ? 'json' : 'text'
}

/**
 * Lines of a server-sent event up to one whose data is JSON, or to the end of one, or up to where the
 * stream was cut: anything else is text.
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
    if (!whole && isLast && fieldBeginning.test(line)) return undefined
    // A comment may be cut anywhere; of a field, nothing but the end of its line says that it is one.
    if (line !== '' && !line.startsWith(':') && (isLast || !/^(data|event|id|retry):/.test(line))) {
      return promised
    }
    hasData ||= line.startsWith('data')
    if (line === '' && hasData) break
  }
  return 'server-sent-events'
}

const fieldBeginning =
  /^(:.*|d(at?)?|data|e(v(e(nt?)?)?)?|i|id|r(e(t(ry?)?)?)?|(data|event|id|retry):.*)?$/
