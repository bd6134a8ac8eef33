import { apiError, says } from '../../errors/api.ts'
import type { Emit } from '../vocabulary/completion-event.ts'
import { arrayOf, recordOf, textOf, type JsonRecord } from '../../json/json-record.ts'
import { metadataOf } from '../vocabulary/metadata.ts'

/** Reads a whole response object: that of the last event, or one that is not streamed. */
export function readResponse(response: JsonRecord, emit: Emit): void {
  const { status, output, error, incomplete_details: details } = response
  emit(metadataOf(response))
  emit({ type: 'output-done', choice: 0, items: arrayOf(output) })
  // Some gateways end every response with `response.completed`.
  if (status === 'failed' || says(error)) {
    emit({ type: 'failed', error: apiError(error, response) })
  } else if (status === 'completed' || status === 'incomplete') {
    emit({ type: 'choice', choice: 0, raw: textOf(recordOf(details)['reason']) || status })
    emit({ type: 'complete' })
  }
  // The response is still queued or in progress, or it was cancelled.
  emit({ type: 'truncated' })
}
