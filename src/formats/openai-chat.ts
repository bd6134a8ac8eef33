import { reportedError } from './api-error.ts'
import { ChatChoice } from './chat-choice.ts'
import { Choices, readTotals } from './choices.ts'
import { foreignFormatError } from './foreign-format.ts'
import type { CompletionFormat, FormatReader } from './format.ts'
import { isDoneMarker, jsonOf } from './json-event.ts'

/**
 * The chunks of the Chat Completions API
 * (https://platform.openai.com/docs/api-reference/chat-streaming) and of the many servers that speak
 * it with an accent, and a whole `chat.completion` object. Ends properly with a finish reason on every
 * choice, or `[DONE]`; after a finish reason it reads on, for usage and errors may follow.
 */
export const openaiChat: CompletionFormat = {
  name: 'openai-chat',
  properEnd: 'a finish reason or [DONE]',
  createReader: createChatReader,
}

function createChatReader(): FormatReader {
  const choices = new Choices(() => new ChatChoice())
  return {
    read(event, emit) {
      if (isDoneMarker(event)) {
        emit({ type: 'end', proper: true })
        return
      }
      const chunk = jsonOf(event, emit)
      if (chunk) {
        const foreign = foreignFormatError('openai-chat', chunk)
        if (foreign) {
          emit({ type: 'failure', error: foreign })
          return
        }
        choices.readChunk(chunk, emit, (choice, index, reading) =>
          reading.read(choice, index, emit),
        )
      }
      // After the content: an error may come in the chunk that carries the last of it.
      const error = reportedError(event)
      if (error) emit({ type: 'failure', error })
      else if (chunk) readTotals(chunk, emit)
    },
    end: (emit) => emit({ type: 'end', proper: choices.allFinished }),
  }
}
