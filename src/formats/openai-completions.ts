import { reportedError } from './api-error.ts'
import { Choices, readTotals } from './choices.ts'
import { foreignFormatError } from './foreign-format.ts'
import type { CompletionFormat, FormatReader } from './format.ts'
import { isDoneMarker, jsonOf } from './json-event.ts'
import { stringOf } from './json.ts'

/**
 * The chunks of the legacy Completions API
 * (https://platform.openai.com/docs/api-reference/completions), streamed or whole. Ends properly with
 * a finish reason on every choice, or `[DONE]`.
 */
export const openaiCompletions: CompletionFormat = {
  name: 'openai-completions',
  properEnd: 'a finish reason or [DONE]',
  createReader: createCompletionsReader,
}

function createCompletionsReader(): FormatReader {
  const choices = new Choices(() => undefined)
  return {
    read(event, emit) {
      if (isDoneMarker(event)) {
        emit({ type: 'end', proper: true })
        return
      }
      const chunk = jsonOf(event, emit)
      const error =
        reportedError(event) ?? (chunk && foreignFormatError('openai-completions', chunk))
      if (error) {
        emit({ type: 'failure', error })
      } else if (chunk) {
        choices.readChunk(chunk, emit, (choice, index) => {
          const delta = stringOf(choice['text'])
          if (delta) {
            emit({ type: 'delta', choice: index, item: 0, channel: 'text', part: 0, delta })
          }
        })
        readTotals(chunk, emit)
      }
    },
    end: (emit) => emit({ type: 'end', proper: choices.allFinished }),
  }
}
