import type { CompletionEvent } from './completion-event.ts'
import { stringOf, type JsonRecord } from '../../json/json-record.ts'
import { moderationOf } from './moderation.ts'
import { usageOf } from './usage.ts'

/** Reads the metadata of a response object or of a chunk of the Completions APIs. */
export function metadataOf(source: JsonRecord): CompletionEvent {
  return {
    type: 'metadata',
    responseId: stringOf(source['id']),
    model: stringOf(source['model']),
    serviceTier: stringOf(source['service_tier']),
    usage: usageOf(source['usage']),
    moderation: moderationOf(source['moderation']),
  }
}
