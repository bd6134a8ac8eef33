import { reportedError } from '../reported-error.ts'
import type { CompletionFormat, FormatReader } from '../vocabulary/format.ts'
import { isDoneEvent, jsonOf } from '../json-event.ts'
import { recordOf, stringOf } from '../../json/json-record.ts'
import { foreignFormatError } from '../recognise-format.ts'
import { createResponsesEventReader } from './responses-events.ts'
import { readResponse } from './responses-object.ts'
import { withTextPath } from '../text-path.ts'

/**
 * The semantic events of the Responses API
 * (https://platform.openai.com/docs/api-reference/responses-streaming), or a whole `response` object. The
 * proper end is `response.completed`, `response.incomplete` or an error. `[DONE]` alone is not.
 */
export const openaiResponses: CompletionFormat = {
  name: 'openai-responses',
  properEnd: 'response.completed, response.incomplete or response.failed',
  createReader: createResponsesReader,
}

function createResponsesReader(): FormatReader {
  const readEvent = createResponsesEventReader()
  const reader: FormatReader = {
    read(event, emit) {
      if (isDoneEvent(event)) emit({ type: 'truncated' })
      const json = jsonOf(event, emit)
      const type = stringOf(json?.['type']) ?? event.event ?? ''
      if (/^response\.(?!error$)/.test(type)) {
        if (json) readEvent(type, json, emit)
        return
      }
      const error = reportedError(event) ?? foreignFormatError('openai-responses', json)
      if (error) emit({ type: 'failed', error })
      else if (json?.['object'] === 'response') readResponse(json, emit)
    },
    end: (emit) => emit({ type: 'truncated' }),
  }
  return withTextPath(reader, ({ json }, { delta }) =>
    recordOf(json)['delta'] === delta ? ['delta'] : undefined,
  )
}
