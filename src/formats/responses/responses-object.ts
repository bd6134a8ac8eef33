import { apiError } from '../../errors/api.ts'
import type { Emit } from '../vocabulary/completion-event.ts'
import { arrayOf, recordOf, textOf, type JsonRecord } from '../../json/json-record.ts'
import { metadataOf } from '../vocabulary/metadata.ts'

/** Reads a response object that is whole: the last event of a stream carries one, or it comes alone. */
export function readResponse(response: JsonRecord, emit: Emit): void {
  const { status, output, error, incomplete_details: details } = response
  emit(metadataOf(response))
  emit({ type: 'output-done', choice: 0, items: arrayOf(output) })
  if (status === 'failed') {
    emit({ type: 'failed', error: apiError(error, response) })
  } else if (status === 'completed' || status === 'incomplete') {
    emit({ type: 'choice', choice: 0, raw: textOf(recordOf(details)['reason']) || status })
    emit({ type: 'complete' })
  }
  // A whole response that is still queued, in progress or cancelled.
  emit({ type: 'truncated' })
}
