import { isRecord, type JsonRecord } from './json.ts'

/** The formats that `'auto'` tells apart by an event's shape. */
export type DetectedFormat = 'openai-responses' | 'openai-chat' | 'openai-completions'

/** The format that an event plainly belongs to; `undefined` where it could be of any. */
export function detectFormatName(json: JsonRecord): DetectedFormat | undefined {
  const { type, object, choices } = json
  if (object === 'response' || (typeof type === 'string' && type.startsWith('response.'))) {
    return 'openai-responses'
  }
  if (object === 'text_completion') return 'openai-completions'
  if (Array.isArray(choices)) {
    return choices.some((choice) => isRecord(choice) && typeof choice['text'] === 'string')
      ? 'openai-completions'
      : 'openai-chat'
  }
  return typeof object === 'string' && object.startsWith('chat.completion')
    ? 'openai-chat'
    : undefined
}
