import { createChoicesReader, properEnd } from './choices-reader.ts'
import type { CompletionFormat } from '../vocabulary/format.ts'

/**
 * The chunks of the Chat Completions API
 * (https://platform.openai.com/docs/api-reference/chat-streaming) and of compatible servers, or a whole
 * `chat.completion` object. The proper end is a finish reason on every choice, or `[DONE]`. Reading continues
 * after a finish reason, because usage and errors may follow.
 */
export const openaiChat: CompletionFormat = {
  name: 'openai-chat',
  properEnd,
  createReader: () => createChoicesReader('openai-chat'),
}
