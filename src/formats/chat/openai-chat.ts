import { createChoicesReader, properEnd } from './choices-reader.ts'
import type { CompletionFormat } from '../vocabulary/format.ts'

/**
 * The chunks of the Chat Completions API
 * (https://platform.openai.com/docs/api-reference/chat-streaming) and of the many servers that speak
 * it with an accent, and a whole `chat.completion` object. Ends properly with a finish reason on every
 * choice, or `[DONE]`; after a finish reason it reads on, for usage and errors may follow.
 */
export const openaiChat: CompletionFormat = {
  name: 'openai-chat',
  properEnd,
  createReader: () => createChoicesReader('openai-chat'),
}
