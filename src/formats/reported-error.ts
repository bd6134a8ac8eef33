import { apiError, apiErrorFields, says } from '../errors/api.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import { recordOf, recordsOf, textOf, type JsonRecord } from '../json/json-record.ts'
import { plainNames } from '../json/plain-names.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { isFailure } from './vocabulary/finish-reason.ts'

/**
 * The error that an event reports, in any of the shapes that providers and proxies use inside a stream: a
 * field that holds an error; an event, type or object named after one; an error of a choice; a finish reason
 * that means one; or, in an object without a type and choices, the fields of an error.
 */
export function reportedError({ event, data, json }: WireEvent): CompletionError | undefined {
  const record = recordOf(Array.isArray(json) ? json[0] : json)
  const { x_groq: groq, error = recordOf(groq)['error'], errors, base_resp: base } = record
  const { type, object, event: named } = record
  const choices = recordsOf(record['choices'])
  if (
    says(error) ||
    says(errors) ||
    says(recordOf(base)['status_code']) ||
    says(record['error_message']) ||
    object === 'error' ||
    [event, type, named].some((name) => typeof name === 'string' && errorName.test(name)) ||
    (type === undefined && !choices[0] && isReport(record))
  ) {
    return apiError(json ?? data)
  }
  for (const { delta, error = recordOf(delta)['error'], finish_reason: reason } of choices) {
    if (says(error)) return apiError(error, json)
    const word = textOf(reason)
    if (isFailure(word)) return failureOf(word, json)
  }
  return undefined
}

/** The names of errors. The type of problem details (RFC 9457) is a URL. */
const errorName = /((^|[._]|run|stream)error|exception)$|^(about|https?):/i

/** Whether the fields of an object without a type and choices report an error. */
function isReport(record: JsonRecord): boolean {
  const { message, msg = message, description = msg, reason = description } = record
  const { code, data, status, success, ok = success } = record
  return (
    Object.entries(record).some(([name, value]) =>
      errorField.test(name)
        ? says(value) && !fine.test(value as string)
        : holder.test(name) && says(plainNames(recordOf(value))['error']),
    ) ||
    (typeof reason === 'string' &&
      (ok === false ||
        /^(error|fail)/.test(textOf(status)) ||
        apiErrorFields(record).status !== undefined)) ||
    (typeof msg === 'string' && says(code) && !fine.test(code as string) && !data)
  )
}

const errorField = /^(fault|detail)$|exception$|^err(or)?(_?(code|m\w+))?$/i
const holder = /^(response|result|data)$/i
const fine = /^(0|200|ok|success\w*)$/i

/**
 * The error for a finish reason that means one.
 *
 * @param message the server's explanation
 */
export function failureOf(word: string, body: unknown, message = ''): CompletionError {
  return apiError(
    {
      message: message || `The provider failed with the finish reason '${word}'.`,
      type: word,
    },
    body,
  )
}
