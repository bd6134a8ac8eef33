import { unknownFormatName } from '../errors/protocol.ts'
import { auto } from './auto.ts'
import type { CompletionFormat } from './vocabulary/format.ts'
import { openaiChat } from './chat/openai-chat.ts'
import { openaiCompletions } from './chat/openai-completions.ts'
import { openaiResponses } from './responses/openai-responses.ts'
import { plainText } from './plain-text.ts'

/** The formats that can be requested by name. */
export type FormatName = 'auto' | 'openai-responses' | 'openai-chat' | 'openai-completions' | 'text'

const formats = [auto, openaiResponses, openaiChat, openaiCompletions, plainText]

/**
 * Resolves the `format` option.
 *
 * @throws CompletionError of kind `protocol` for an unknown name
 */
export function resolveFormat(format: FormatName | CompletionFormat = 'auto'): CompletionFormat {
  if (typeof format !== 'string') return format
  const named = formats.find(({ name }) => name === format)
  if (named) return named
  throw unknownFormatName(
    format,
    formats.map(({ name }) => name),
  )
}
