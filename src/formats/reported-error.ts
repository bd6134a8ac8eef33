import { apiError, apiErrorFields, says } from '../errors/api.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import { recordOf, recordsOf, textOf } from '../json/json-record.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { isFailure } from './vocabulary/finish-reason.ts'

/**
 * The error that an event carries, in any of the shapes in which providers and proxies send one
 * inside a stream: `{ error }` or `{ errors }` with anything in it, `{ detail }`, and a message with a
 * code or an error's status where nothing else is, `{ base_resp }`, `{ type: 'error' }` nested or flat,
 * `{ object: 'error' }`, an event named `error`, an error on a choice, and a finish reason that is one.
 */
export function reportedError({ event, data, json }: WireEvent): CompletionError | undefined {
  const record = recordOf(Array.isArray(json) ? json[0] : json)
  const {
    error,
    errors,
    type,
    object,
    choices,
    base_resp: base,
    detail,
    message,
    code,
    data: body,
  } = record
  if (
    says(error) ||
    says(errors) ||
    says(recordOf(base)['status_code']) ||
    says(record['error_message']) ||
    event === 'error' ||
    object === 'error' ||
    (type !== undefined
      ? errorType.test(textOf(type))
      : !recordsOf(choices)[0] &&
        (says(detail) ||
          (typeof message === 'string' &&
            (apiErrorFields(record).status || (says(code) && Number(code) !== 200 && !body)))))
  ) {
    return apiError(json ?? data)
  }
  for (const { error, finish_reason: reason } of recordsOf(choices)) {
    if (says(error)) return apiError(error, json)
    const word = textOf(reason)
    if (isFailure(word)) return failureOf(word, json)
  }
  return undefined
}

const errorType = /(^|_)error$/

/**
 * The error that a finish reason means.
 *
 * @param message what the wire says of it
 */
export function failureOf(word: string, body: unknown, message = ''): CompletionError {
  return apiError(
    {
      message:
        message ||
        `The provider ended the stream with the finish reason '${word}', which is an error.`,
      type: word,
    },
    body,
  )
}
