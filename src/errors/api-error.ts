import { CompletionError } from './completion-error.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { isRecord, recordOf, recordsOf, stringOf, textOf } from '../json/json-record.ts'

/** The fields of an error as a provider reports it, wherever it stands. */
export interface ApiErrorFields {
  message: string | undefined
  code: string | undefined
  type: string | undefined
  param: string | undefined
  status: number | undefined
  requestId: string | undefined
}

/** Reads the fields of an error object, or of an error that is only a message. */
export function apiErrorFields(error: unknown): ApiErrorFields {
  const fields = isRecord(error) ? error : { message: error }
  const { message, details, detail, error: nested, errorText, status, type, code } = fields
  return {
    message: [message, details, detail, nested, errorText]
      .map(textOf)
      .find((text) => text.trim() !== ''),
    code: typeof code === 'number' ? `${code}` : stringOf(code),
    // Of an error that is the event itself, this is the type of the event.
    type: type === 'error' ? undefined : stringOf(type),
    param: stringOf(fields['param']),
    status: [status, fields['status_code'], code].find(isErrorStatus),
    requestId: stringOf(fields['request_id']),
  }
}

function isErrorStatus(value: unknown): value is number {
  return typeof value === 'number' && value >= 400 && value <= 599
}

/** The error that a provider reported inside a stream. `body` is the event that carried it. */
export function apiError(error: unknown, body: unknown = error): CompletionError {
  const { message = 'The provider reported an error without a message.', ...fields } =
    apiErrorFields(error)
  return new CompletionError({ kind: 'api', message, ...fields, body })
}

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
