import { arrayOf, isRecord, type JsonRecord } from './json.ts'

/** The formats that `'auto'` tells apart by an event's shape. */
export type DetectedFormat = 'openai-responses' | 'openai-chat' | 'openai-completions'

/** The format that an event plainly belongs to; `undefined` where it could be of any. */
export function detectFormatName(json: JsonRecord): DetectedFormat | undefined {
  const { type, object, choices } = json
  if (object === 'response' || (typeof type === 'string' && type.startsWith('response.'))) {
    return 'openai-responses'
  }
  if (object === 'text_completion') return 'openai-completions'
  // Chunks of either API may have no choice, or one that only finishes.
  for (const choice of arrayOf(choices)) {
    if (!isRecord(choice)) continue
    if (typeof choice['text'] === 'string') return 'openai-completions'
    if (isRecord(choice['delta']) || isRecord(choice['message'])) return 'openai-chat'
  }
  return typeof object === 'string' && object.startsWith('chat.completion')
    ? 'openai-chat'
    : undefined
}
