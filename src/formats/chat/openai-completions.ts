import { createChoicesReader, properEnd } from './choices-reader.ts'
import type { CompletionFormat } from '../vocabulary/format.ts'

/**
 * The chunks of the legacy Completions API
 * (https://platform.openai.com/docs/api-reference/completions), streamed or whole. The proper end is a finish
 * reason on every choice, or `[DONE]`.
 */
export const openaiCompletions: CompletionFormat = {
  name: 'openai-completions',
  properEnd,
  createReader: () => createChoicesReader('openai-completions'),
}
