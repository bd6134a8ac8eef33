import {
  arrayOf,
  isRecord,
  recordOf,
  recordsOf,
  stringOf,
  textOf,
  type JsonRecord,
} from '../../json/json-record.ts'

/**
 * The fields that hold reasoning. A server that sends it under several means the same text, so the first
 * that is there counts.
 */
const reasoningNames = [
  ...['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'],
  ...['reasoning_details', 'content_blocks', 'thinking_blocks', 'reasoningContent', 'thought'],
]

/** The reasoning of a message or a delta, under the names that servers give it. */
export function reasoningOf(message: JsonRecord): string {
  for (const name of reasoningNames) {
    const text = message[name] ? textIn(message[name]) : ''
    if (text) return text
  }
  return textOfParts(message['content'], true)
}

/**
 * Where in a choice the text stands that is all that it meant. A text that is part of something else
 * (of a list of parts, of a message that repeats it) has no such place.
 */
export function textPathIn(
  { delta: message, text }: JsonRecord,
  channel: string,
  delta: string,
): readonly string[] | undefined {
  if (!isRecord(message)) return text === delta ? ['text'] : undefined
  const name =
    channel === 'output_text'
      ? 'content'
      : channel === 'reasoning_text' && reasoningNames.find((name) => message[name])
  return name && message[name] === delta ? ['delta', name] : undefined
}

/** The text of a message's `content`: a string, or an array of parts. */
export function textOfContent(content: unknown): string {
  return typeof content === 'string' ? content : textOfParts(content, false)
}

function textOfParts(content: unknown, isReasoning: boolean): string {
  return recordsOf(content)
    .filter(({ type }) => /^(thinking|thought|reasoning)/.test(textOf(type)) === isReasoning)
    .map((part) => (isReasoning ? textIn(part) : textOf(part['text'])))
    .join('')
}

/** The text of a value that is one, or a list or an object around one. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return recordsOf(value).map(textIn).join('')
  if (!isRecord(value)) return ''
  const { type, reasoningText, [textOf(type)]: named = reasoningText } = value
  const { delta, thinking = delta, summary = named, content = summary, text } = value
  // A block of Anthropic's has its thinking in a delta, whose text is that of the message too.
  return textIn(delta ? recordOf(delta)['thinking'] : (text ?? thinking ?? content))
}

/** The addresses of the images of a message or a delta: among the parts of its content, or beside it. */
export function imagesOf({ content, image, images = image }: JsonRecord): readonly string[] {
  if (!Array.isArray(content) && !images) return []
  return [...recordsOf(content), ...[images].flat()].map(addressOf).filter(Boolean)
}

function addressOf(value: unknown): string {
  if (typeof value === 'string') return value
  const { type, source, ...part } = recordOf(value)
  const { image, image_url: address = image, url, ...fields } = { ...part, ...recordOf(source) }
  const { data, b64_json: base64 = type === 'image' && data } = fields
  const { mime_type: mime = 'image/png', media_type: media = mime } = fields
  return base64
    ? `data:${textOf(media)};base64,${textOf(base64)}`
    : textOf(recordOf(address)['url'] ?? address ?? url)
}

/** Fields that hold citations, or an object with such a field. */
const citationNames = [
  ...['annotations', 'citations', 'search_results', 'web_search', 'references', 'sources'],
  ...['web_search_citations', 'context', 'search_info', 'venice_parameters'],
]

const none: readonly JsonRecord[] = []

/** The citations that stand in an object of the wire, flat as in the Responses API. */
export function citationsOf(source: JsonRecord, depth = 2): readonly JsonRecord[] {
  let found = none
  for (const name of citationNames) {
    const value = source[name]
    // Nearly no event has any, and every event of a chat is asked three times.
    if (!value) continue
    found = found.concat(
      depth > 0 && isRecord(value)
        ? citationsOf(value, depth - 1)
        : arrayOf(value).map(flatCitation),
    )
  }
  return found
}

function flatCitation(value: unknown): JsonRecord {
  const source = isRecord(value) ? value : { url: stringOf(value) }
  const { type = 'url_citation', [textOf(type)]: nested, link, uri = link, ...rest } = source
  const { href = uri, url = href, ...fields } = rest
  const known = Object.entries({ url, ...fields, ...recordOf(nested) })
  return { type, ...Object.fromEntries(known.filter(([, field]) => field != null)) }
}
