import { apiError } from './api-error.ts'
import type { CompletionEvent, Emit } from './completion-event.ts'
import { finishReasonOf } from './finish-reason.ts'
import { arrayOf, isRecord, stringOf, type JsonRecord } from './json.ts'
import { moderationOf } from './moderation.ts'
import { usageOf } from './usage.ts'

/** What a response object says of itself, at any point of its life. */
export function metadataOf(response: JsonRecord): CompletionEvent {
  return {
    type: 'metadata',
    responseId: stringOf(response['id']),
    model: stringOf(response['model']),
    serviceTier: stringOf(response['service_tier']),
  }
}

/** Reads a response object that is whole: the last event of a stream carries one, or it comes alone. */
export function readResponse(response: JsonRecord, emit: Emit) {
  emit(metadataOf(response))
  emit({ type: 'output-done', choice: 0, items: arrayOf(response['output']) })
  const usage = usageOf(response['usage'])
  if (usage) emit({ type: 'usage', usage })
  const moderation = moderationOf(response['moderation'])
  if (moderation) emit({ type: 'moderation', moderation })
  switch (response['status']) {
    case 'completed':
      emit({ type: 'finish', choice: 0, reason: 'stop', raw: 'completed' })
      emit({ type: 'end', proper: true })
      break
    case 'incomplete': {
      const details = response['incomplete_details']
      const raw = (isRecord(details) ? stringOf(details['reason']) : undefined) ?? 'incomplete'
      emit({ type: 'finish', choice: 0, reason: finishReasonOf(raw), raw })
      emit({ type: 'end', proper: true })
      break
    }
    case 'failed':
      emit({ type: 'failure', error: apiError(response['error'], response) })
      break
    default:
      // A whole response that is still queued, in progress or cancelled.
      emit({ type: 'end', proper: false })
  }
}
