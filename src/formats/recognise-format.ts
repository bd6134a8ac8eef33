import type { CompletionError } from '../errors/completion-error.ts'
import { foreignFormat } from '../errors/protocol.ts'
import { isRecord, recordsOf, textOf, type JsonRecord } from '../json/json-record.ts'
import { eventObject, eventType } from '../wire/event-marks.ts'

/** The formats that `'auto'` detects from the shape of an event. */
export type DetectedFormat = 'openai-responses' | 'openai-chat' | 'openai-completions'

/** The formats that an app imports by itself, by the names of their exports. */
export type DialectName = 'aiSdkUi' | 'agUi' | 'anthropicMessages' | 'gemini' | 'ollama'

/**
 * Event types that only one format has. Generic types (`start`, `finish`, `ping`) are not among them.
 */
const types: readonly (readonly [DetectedFormat | DialectName, RegExp])[] = [
  ['openai-responses', eventType],
  ['aiSdkUi', /^((start|finish)-step|(text|reasoning)-(start|delta|end)|tool-(in|out)put-\w+)$/],
  ['agUi', /^(RUN_(STARTED|FINISHED|ERROR)$|(TEXT_MESSAGE|TOOL_CALL|THINKING|REASONING)_)/],
  ['anthropicMessages', /^(message|content_block)_(start|delta|stop)$/],
]

const formats: Record<string, DetectedFormat> = {
  'chat.completion': 'openai-chat',
  text_completion: 'openai-completions',
  response: 'openai-responses',
}

/** The format that an event clearly belongs to, or `undefined` if it could belong to any. */
export function recogniseFormat(json: JsonRecord): DetectedFormat | DialectName | undefined {
  const { object, type, response, message, done } = json
  // Chunks of either Completions API may have no choice, or one that only finishes.
  for (const choice of recordsOf(json['choices'])) {
    if (object === 'text_completion' || typeof choice['text'] === 'string') {
      return 'openai-completions'
    }
    if (isRecord(choice['delta']) || isRecord(choice['message'])) return 'openai-chat'
  }
  const named = eventObject.exec(textOf(object))?.[1]
  if (named) return formats[named]
  if (typeof type === 'string') {
    if (type === 'message' && 'stop_reason' in json) return 'anthropicMessages'
    return types.find(([, pattern]) => pattern.test(type))?.[0]
  }
  if (recordsOf(json['candidates'])[0] ?? isRecord(json['promptFeedback'])) return 'gemini'
  const answers = typeof response === 'string' || isRecord(message)
  return answers && typeof done === 'boolean' ? 'ollama' : undefined
}

/**
 * The error for an event that clearly belongs to another format than the requested one.
 *
 * @param hasBegun whether events of the requested format have arrived; from then on, the two Completions APIs
 * count as one
 */
export function foreignFormatError(
  asked: DetectedFormat | DialectName | 'auto',
  json: JsonRecord | undefined,
  hasBegun = false,
): CompletionError | undefined {
  const seen = json && recogniseFormat(json)
  if (!seen || seen === asked || (hasBegun && seen.slice(0, 8) === asked.slice(0, 8))) {
    return undefined
  }
  return foreignFormat(seen, asked)
}
