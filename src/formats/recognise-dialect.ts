import { arrayOf, isRecord, stringOf, type JsonRecord } from './json.ts'

/** The formats that are not part of every bundle, by the names under which they are exported. */
export type DialectName = keyof typeof titles

const titles = {
  aiSdkUi: 'an AI SDK UI message stream',
  agUi: 'an AG-UI stream',
  anthropicMessages: 'an Anthropic Messages stream',
  gemini: 'a Gemini stream',
  ollama: 'an Ollama stream',
}

/**
 * The types of events that occur in one dialect and nowhere else. Types that anyone could think of
 * (`start`, `finish`, `ping`) are none of them.
 */
const types: readonly (readonly [DialectName, RegExp])[] = [
  ['aiSdkUi', /^((start|finish)-step|(text|reasoning)-(start|delta|end)|tool-(in|out)put-\w+)$/],
  ['agUi', /^RUN_(STARTED|FINISHED|ERROR)$|^(TEXT_MESSAGE|TOOL_CALL|THINKING|REASONING)_[A-Z_]+$/],
  ['anthropicMessages', /^(message|content_block)_(start|delta|stop)$/],
]

/** The dialect that an event plainly belongs to; `undefined` where it could be of any. */
export function recogniseDialect(json: JsonRecord): DialectName | undefined {
  const type = stringOf(json['type'])
  if (type !== undefined) {
    if (type === 'message' && 'stop_reason' in json) return 'anthropicMessages'
    return types.find(([, pattern]) => pattern.test(type))?.[0]
  }
  if (isRecord(arrayOf(json['candidates'])[0]) || isRecord(json['promptFeedback'])) return 'gemini'
  const answers = typeof json['response'] === 'string' || isRecord(json['message'])
  return answers && typeof json['done'] === 'boolean' ? 'ollama' : undefined
}

/** What a stream in a dialect looks like, and how to have it read: the end of an error message. */
export function describeDialect(dialect: DialectName): string {
  return `the stream looks like ${titles[dialect]}. Pass format: ${dialect} from 'use-streaming-completion/core'.`
}
