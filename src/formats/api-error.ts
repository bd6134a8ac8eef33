import { CompletionError } from '../errors.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { arrayOf, isRecord, numberOf, stringOf, type JsonRecord } from './json.ts'

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
  const fields: JsonRecord = isRecord(error) ? error : { message: error }
  const code = fields['code']
  return {
    message: ['message', 'details', 'detail', 'error', 'errorText']
      .map((name) => fields[name])
      .find((value): value is string => typeof value === 'string' && value.trim() !== ''),
    code: typeof code === 'number' ? String(code) : stringOf(code),
    // Of an error that is the event itself, this is the type of the event.
    type: fields['type'] === 'error' ? undefined : stringOf(fields['type']),
    param: stringOf(fields['param']),
    status: [fields['status'], fields['status_code'], code].map(numberOf).find(isErrorStatus),
    requestId: stringOf(fields['request_id']),
  }
}

function isErrorStatus(value: number | undefined): boolean {
  return value !== undefined && value >= 400 && value <= 599
}

/** The error that a provider reported inside a stream. `body` is the event that carried it. */
export function apiError(error: unknown, body: unknown = error): CompletionError {
  const { message, ...fields } = apiErrorFields(error)
  return new CompletionError({
    kind: 'api',
    message: message ?? 'The provider reported an error without a message.',
    ...fields,
    body,
  })
}

/**
 * The error that an event carries, in any of the shapes in which providers and proxies send one
 * inside a stream: `{ error }` as an object or a string, `{ type: 'error' }` nested or flat,
 * `{ object: 'error' }`, an event named `error`, and an error on a choice.
 */
export function reportedError(event: WireEvent): CompletionError | undefined {
  const { json } = event
  if (!isRecord(json)) {
    return event.event === 'error' ? apiError(json ?? event.data, json ?? event.data) : undefined
  }
  const { error } = json
  if (isRecord(error) || (typeof error === 'string' && error !== '')) return apiError(error, json)
  if (json['type'] === 'error' || json['object'] === 'error' || event.event === 'error') {
    return apiError(json)
  }
  for (const choice of arrayOf(json['choices'])) {
    if (!isRecord(choice)) continue
    if (isRecord(choice['error'])) return apiError(choice['error'], json)
    if (choice['finish_reason'] === 'error') {
      return apiError({ message: 'The provider ended the stream with an error.' }, json)
    }
  }
  return undefined
}
