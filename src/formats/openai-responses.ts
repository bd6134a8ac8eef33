import { reportedError } from './api-error.ts'
import { foreignFormatError } from './foreign-format.ts'
import type { CompletionFormat, FormatReader } from './format.ts'
import { isDoneMarker, jsonOf } from './json-event.ts'
import { stringOf } from './json.ts'
import { createItemNumbering } from './number-items.ts'
import { responsesEvents } from './responses-events.ts'
import { readResponse } from './responses-object.ts'
import { createShellEvents } from './responses-shell.ts'

/**
 * The semantic events of the Responses API
 * (https://platform.openai.com/docs/api-reference/responses-streaming), and a whole `response` object.
 * Ends properly with `response.completed`, `response.incomplete` or an error, and with nothing else.
 */
export const openaiResponses: CompletionFormat = {
  name: 'openai-responses',
  properEnd: 'response.completed, response.incomplete or response.failed',
  createReader: createResponsesReader,
}

function createResponsesReader(): FormatReader {
  const shellEvents = createShellEvents()
  const numbered = createItemNumbering()
  return {
    read(event, emit) {
      if (isDoneMarker(event)) {
        emit({ type: 'end', proper: false })
        return
      }
      const json = jsonOf(event, emit)
      const type = stringOf(json?.['type']) ?? event.event ?? ''
      const handler = responsesEvents.get(type) ?? shellEvents.get(type)
      if (json && handler) {
        handler(numbered(json), emit)
        return
      }
      if (type.startsWith('response.')) return
      const error = reportedError(event) ?? (json && foreignFormatError('openai-responses', json))
      if (error) emit({ type: 'failure', error })
      else if (json?.['object'] === 'response') readResponse(json, emit)
    },
    end: (emit) => emit({ type: 'end', proper: false }),
  }
}
