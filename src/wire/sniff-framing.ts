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
): Framing | 'html' | undefined {
  const body = head.trimStart()
  const first = body[0]
  if (first === undefined) return whole ? framingOf(contentType) : undefined

  if (first === '<') return contentType === 'text/plain' ? sniffMarkup(body, whole) : 'html'

  if (first === '{' || first === '[') {
    return contentType.startsWith('text/') && contentType !== 'text/event-stream'
      ? sniffJsonInText(body, whole)
      : 'json'
  }
  if (contentType === 'text/event-stream') return 'server-sent-events'
  return sniffServerSentEvents(contentType, body, whole)
}

/** What the content type alone promises. */
function framingOf(contentType: string): Framing {
  if (contentType === 'text/event-stream') return 'server-sent-events'
  if (/[/+](json|jsonl|x-ndjson|ndjson|json-seq)$/.test(contentType)) return 'json'
  return 'text'
}

/** A model may well answer in HTML; a whole page is no answer. */
function sniffMarkup(body: string, whole: boolean): Framing | 'html' | undefined {
  const page = /^<(!doctype html|html[\s>])/i
  if (page.test(body)) return 'html'
  return whole || body.length >= 16 ? 'text' : undefined
}

/**
 * Text that is JSON: either the answer itself, to be shown as it comes, or events under the content
 * type that the `openai` package's own streaming example sets. The first fields tell most answers
 * apart at once; where they hold nested values, the rest of the first line is waited for.
 */
function sniffJsonInText(body: string, whole: boolean): Framing | undefined {
  if (body.startsWith('[')) return 'text'
  const name = /\s*[{,]\s*"([^"\\]*)"/y
  const value = /\s*:\s*(?:"([^"\\]*)"|[-+.\w]+(?=[\s,}])|\[)/y
  for (let end = 0; ;) {
    name.lastIndex = end
    const key = name.exec(body)?.[1]
    if (key === undefined) break
    if (!eventKeys.has(key)) return 'text'
    value.lastIndex = name.lastIndex
    const match = value.exec(body)
    if (!match) break
    if (key === 'choices') return match[0].endsWith('[') ? 'json' : 'text'
    if (key === 'type') return /^(response\.|error$)/.test(match[1] ?? '') ? 'json' : 'text'
    if (key === 'object') return objects.test(match[1] ?? '') ? 'json' : 'text'
    end = value.lastIndex
  }
  const lineEnd = body.indexOf('\n')
  const couldGoOn = lineEnd === -1 ? /^\{\s*("|$)/.test(body) : /^\{\s*$/.test(body)
  if (couldGoOn && !whole) return undefined
  const line = lineEnd === -1 ? body : body.slice(0, lineEnd)
  return /"object"\s*:\s*"(chat\.completion|text_completion|response)|"type"\s*:\s*"(response\.|error")/.test(
    line,
  )
    ? 'json'
    : 'text'
}

const objects = /^(chat\.completion|text_completion|response)/

const eventKeys = new Set([
  'id',
  'object',
  'created',
  'model',
  'choices',
  'type',
  'response',
  'sequence_number',
  'service_tier',
  'system_fingerprint',
  'usage',
  'error',
])

/** Lines of a server-sent event up to one whose data is JSON: anything else is text. */
function sniffServerSentEvents(
  contentType: string,
  body: string,
  whole: boolean,
): Framing | undefined {
  const lines = body.split(/\r\n|\r|\n/)
  const last = lines.length - 1
  for (const [position, line] of lines.entries()) {
    const unfinished = position === last && !whole
    if (/^data: ?(\{|\[)/.test(line)) return 'server-sent-events'
    if (unfinished && (fieldBeginning.test(line) || /^data: ?$/.test(line))) return undefined
    if (line !== '' && !/^(:|(event|id|retry):)/.test(line)) return framingOf(contentType)
  }
  return whole ? framingOf(contentType) : undefined
}

const fieldBeginning =
  /^(:.*|d(at?)?|data|e(v(e(nt?)?)?)?|i|id|r(e(t(ry?)?)?)?|(event|id|retry):.*)?$/
