import { CompletionError } from '../errors.ts'
import { auto } from './auto.ts'
import type { CompletionFormat } from './format.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiCompletions } from './openai-completions.ts'
import { openaiResponses } from './openai-responses.ts'
import { plainText } from './plain-text.ts'

const formats = {
  auto,
  'openai-responses': openaiResponses,
  'openai-chat': openaiChat,
  'openai-completions': openaiCompletions,
  text: plainText,
}

/** The formats that can be asked for by name. */
export type FormatName = keyof typeof formats

/**
 * The format that an option stands for.
 *
 * @throws CompletionError of kind `protocol` for a name that is none of {@link FormatName}
 */
export function resolveFormat(format: FormatName | CompletionFormat = 'auto'): CompletionFormat {
  if (typeof format !== 'string') return format
  if (Object.hasOwn(formats, format)) return formats[format]
  throw new CompletionError({
    kind: 'protocol',
    message: `Unknown format '${format as string}'. The named formats are ${Object.keys(formats).join(', ')}.`,
  })
}
