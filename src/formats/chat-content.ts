import { arrayOf, isRecord, stringOf } from './json.ts'

/**
 * Reads the `content` of a chat message or delta: a string, or an array of parts, as Mistral sends
 * text, `thinking` parts and references to its sources.
 */
export function readContent(
  content: unknown,
  append: (channel: 'text' | 'reasoning', text: string) => void,
) {
  if (typeof content === 'string') {
    append('text', content)
    return
  }
  for (const part of arrayOf(content)) {
    if (!isRecord(part)) continue
    if (part['type'] === 'thinking') {
      const thinking = part['thinking']
      append('reasoning', typeof thinking === 'string' ? thinking : textOf(thinking))
    } else {
      append('text', stringOf(part['text']) ?? '')
    }
  }
}

function textOf(parts: unknown): string {
  return arrayOf(parts)
    .map((part) => (isRecord(part) ? (stringOf(part['text']) ?? '') : ''))
    .join('')
}
