import { apiError, apiErrorFields, says } from '../errors/api.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import { recordOf, recordsOf, textOf, type JsonRecord } from '../json/json-record.ts'
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
    x_groq: groq,
    error = recordOf(groq)['error'],
    errors,
    type,
    object,
    base_resp: base,
  } = record
  const choices = recordsOf(record['choices'])
  if (
    says(error) ||
    says(errors) ||
    says(recordOf(base)['status_code']) ||
    says(record['error_message']) ||
    event === 'error' ||
    object === 'error' ||
    (type !== undefined ? errorType.test(textOf(type)) : !choices[0] && isReport(record))
  ) {
    return apiError(json ?? data)
  }
  for (const { error, finish_reason: reason } of choices) {
    if (says(error)) return apiError(error, json)
    const word = textOf(reason)
    if (isFailure(word)) return failureOf(word, json)
  }
  return undefined
}

/** Whether an object that has neither a type nor choices reports an error, by the names of its fields. */
function isReport(record: JsonRecord): boolean {
  const { message, msg = message, code, data, status, success } = record
  return (
    Object.entries(record).some(([name, value]) =>
      reports.test(name)
        ? says(value) && !/^(0|ok|success\w*)$/i.test(value as string)
        : /^(response|result|data)$/i.test(name) &&
          Object.entries(recordOf(value)).some(
            ([name, inner]) => /^error$/i.test(name) && says(inner),
          ),
    ) ||
    (typeof msg === 'string' &&
      (success === false ||
        /^(error|fail)/.test(textOf(status)) ||
        apiErrorFields(record).status !== undefined ||
        (says(code) && Number(code) !== 200 && !data)))
  )
}

const reports = /^(fault|exception|detail)$|^err(or)?(_?(code|m\w+))?$/i

/** The type of an error, or the address that problem details have for it. */
const errorType = /(^|[_.])error$|^(about|https?):/

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
