import { CompletionError } from './completion-error.ts'
import { isRecord, stringOf, textOf } from '../json/json-record.ts'

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
