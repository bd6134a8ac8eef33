import {
  isRecord,
  recordOf,
  recordsOf,
  stringOf,
  textOf,
  type JsonRecord,
} from '../../json/json-record.ts'

/** Names of fields that hold reasoning, or an object with such a field. */
const reasoningNames =
  /^((reasoning|think(ing)?|thought)(_?(content|text|details|summary|delta|blocks))?|provider_specific_fields)$/i

/** The reasoning of a message or a delta, under the names that servers give it. */
export function reasoningOf(message: JsonRecord): string {
  const name = reasoningNameIn(message)
  return textIn(
    name === undefined ? recordsOf(message['content']).filter(isReasoning) : message[name],
  )
}

/** Servers that use several names send the same text under each of them: the first one with text is used. */
function reasoningNameIn(message: JsonRecord): string | undefined {
  return Object.keys(message).find(
    (name) => message[name] && reasoningNames.test(name) && textIn(message[name]),
  )
}

/**
 * The path to the text of a delta in its choice, or `undefined` if the text is only a part of a value (of a
 * list of parts, of a message that repeats it).
 */
export function textPathIn(
  { delta: message, text }: JsonRecord,
  channel: string,
  delta: string,
): readonly string[] | undefined {
  if (!isRecord(message)) return text === delta ? ['text'] : undefined
  const name =
    channel === 'output_text' ? 'content' : channel === 'reasoning_text' && reasoningNameIn(message)
  return name && message[name] === delta ? ['delta', name] : undefined
}

/** The text of a message's `content`: a string, a part, or a list of these. */
export function textOfContent(content: unknown): string {
  if (Array.isArray(content)) return content.map(textOfContent).join('')
  if (isRecord(content)) return isReasoning(content) ? '' : textOf(content['text'])
  // Workers AI sends a token that is a number or a literal as such.
  return typeof content === 'string' ? content : content == null ? '' : JSON.stringify(content)
}

function isReasoning({ type }: JsonRecord): boolean {
  return /^(thinking|thought|reasoning)/.test(textOf(type))
}

/** The text in a value: a string, or a list or an object that contains one. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return recordsOf(value).map(textIn).join('')
  if (!isRecord(value)) return ''
  const { content, summary = content, text = summary } = value
  return textIn(text) || reasoningOf(value)
}

/** The URLs of the images in the content of a message or delta, or beside it. */
export function imagesOf({
  content,
  image_url: address,
  image = address,
  images = image,
}: JsonRecord): readonly string[] {
  if (!Array.isArray(content) && !images) return []
  return [...recordsOf(content), ...[images].flat()].map(addressOf).filter(Boolean)
}

function addressOf(value: unknown): string {
  if (typeof value === 'string') return value
  const { type, source, ...part } = recordOf(value)
  const {
    image,
    image_url: address = image,
    url,
    data,
    b64_json: base64 = type === 'image' && data,
    mime_type: mime = 'image/png',
    media_type: media = mime,
  } = { ...part, ...recordOf(source) }
  return base64
    ? `data:${textOf(media)};base64,${textOf(base64)}`
    : textOf(recordOf(address)['url'] ?? address ?? url)
}

/** Fields that hold citations, or an object with such a field. */
const citationNames =
  /^(annotations|citations?|references|sources|grounding_?(metadata|chunks)|(web_?)?search(_?(results|citations|info))?|context|venice_parameters|provider_specific_fields)$/i

/** The citations in an object, in the flat form of the Responses API. */
export function citationsOf(source: JsonRecord, depth = 2): readonly JsonRecord[] {
  let found: readonly JsonRecord[] = []
  for (const name of Object.keys(source)) {
    const value = source[name]
    // Names are only compared where there is a list or an object: every event of a chat is searched.
    if (typeof value !== 'object' || !value || !citationNames.test(name)) continue
    found = found.concat(
      isRecord(value) && name !== 'citation' && depth > 0
        ? citationsOf(value, depth - 1)
        : [value].flat(2).map(flatCitation),
    )
  }
  return found
}

function flatCitation(value: unknown): JsonRecord {
  const source = isRecord(value) ? value : { url: stringOf(value) }
  // The fields may be in an object that is named after the type or the origin of the source.
  const nested = source['url'] ? undefined : Object.values(source).find(isRecord)
  const { type = 'url_citation', ...outer } = source
  const { link, uri = link, href = uri, url = href, ...fields } = { ...nested, ...outer }
  const known = Object.entries({ url, ...fields })
  const said = known.filter(([, field]) => field != null && field !== nested)
  return { type, ...Object.fromEntries(said) }
}
