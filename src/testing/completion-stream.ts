import { chatScript, completionsScript } from './chat-script.ts'
import { cutIntoDeltas, type ScriptedCompletion } from './completion-script.ts'
import { responsesScript } from './responses-script.ts'
import { scriptEvents, type PaceOptions, type ScriptedStream } from './scripted-stream.ts'

/** The formats in which a completion can be scripted. */
export type ScriptFormat = 'openai-responses' | 'openai-chat' | 'openai-completions' | 'text'

export interface CompletionStreamOptions extends PaceOptions {
  /** @default 'openai-responses' */
  format?: ScriptFormat | undefined
  /** The length of a delta in characters. By default, a delta is about a word. */
  deltaLength?: number | undefined
}

/**
 * Scripts a completion in a format. Content that the format does not support is omitted: legacy
 * Completions and plain text contain only the text.
 *
 * @example
 * // A connection that breaks after twelve events:
 * completionStream({ text }, { format: 'openai-chat', delay: 20, stopAfter: 12, end: 'cut' })
 */
export function completionStream(
  completion: ScriptedCompletion,
  { format = 'openai-responses', deltaLength, ...pace }: CompletionStreamOptions = {},
): ScriptedStream {
  const script = cutIntoDeltas(completion, deltaLength)
  switch (format) {
    case 'openai-responses':
      return scriptEvents(responsesScript(script), 'text/event-stream', pace)
    case 'openai-chat':
      return scriptEvents(chatScript(script), 'text/event-stream', pace)
    case 'openai-completions':
      return scriptEvents(completionsScript(script), 'text/event-stream', pace)
    case 'text':
      return scriptEvents(script.text, 'text/plain; charset=utf-8', pace)
  }
}
