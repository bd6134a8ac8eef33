import { apiError } from '../errors/api.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import { isRecord, recordOf, recordsOf, textOf } from '../json/json-record.ts'
import type { WireEvent } from '../wire/wire-event.ts'

/**
 * The error that an event carries, in any of the shapes in which providers and proxies send one
 * inside a stream: `{ error }` as an object or a string, `{ type: 'error' }` nested or flat,
 * `{ object: 'error' }`, an event named `error`, and an error on a choice.
 */
export function reportedError({ event, data, json }: WireEvent): CompletionError | undefined {
  const { error, type, object, choices } = recordOf(json)
  if (isRecord(error) || textOf(error)) return apiError(error, json)
  if (event === 'error' || type === 'error' || object === 'error') return apiError(json ?? data)
  for (const { error, finish_reason: reason } of recordsOf(choices)) {
    if (isRecord(error)) return apiError(error, json)
    if (reason === 'error') return apiError('The provider ended the stream with an error.', json)
  }
  return undefined
}
