import { CompletionError } from './completion-error.ts'
import { isRecord, stringOf, type JsonRecord } from '../json/json-record.ts'
import { parseJson } from '../json/parse-json.ts'
import { plainNames } from '../json/plain-names.ts'

/** The fields of a provider's error, wherever the error is located. */
export interface ApiErrorFields {
  message: string | undefined
  code: string | undefined
  type: string | undefined
  param: string | undefined
  status: number | undefined
  requestId: string | undefined
  /** In milliseconds. */
  retryAfter: number | undefined
}

/** Fields that contain an error, or a wrapper around one. */
const holders =
  /* @__PURE__ */ 'error errors err baseresp fault response result data body payload exception xgroq detail'.split(
    ' ',
  )

/** Fields that contain the message of an error, directly or nested; the most specific first. */
const reasons =
  /* @__PURE__ */ 'metadata raw message msg statusmsg errormessage errormsg errmsg errordescription description faultstring exception details detail error errors err body errortext text messages issues title reason payload content value data'.split(
    ' ',
  )

/** Fields that may contain a status, the most reliable first. */
const statuses = /* @__PURE__ */ 'status statuscode code errorcode httpcode httpstatuscode'.split(
  ' ',
)

/**
 * Reads the fields of an error object, of one inside an object or a list, or of an error that is only a
 * message. Fields that the inner error lacks are taken from the outer one.
 */
export function apiErrorFields(error: unknown): ApiErrorFields {
  const fields = flatten(error)
  const { type, code: named, errorcode = named, errcode = errorcode, statuscode } = fields
  const code = [errcode, statuscode].find((value) => typeof value === 'number' || value)
  return {
    message: reasonIn(fields) ?? reasonIn(error),
    code: typeof code === 'number' ? `${code}` : stringOf(code),
    // Of an error that is the event itself, this is the type of the event.
    type: type === 'error' ? undefined : stringOf(type),
    param: stringOf(fields['param']),
    status: statuses
      .map((name) => Number(fields[name]))
      .find((status) => status >= 400 && status <= 599),
    requestId: stringOf(fields['requestid']),
    retryAfter: retryDelayIn(error),
  }
}

/** The fields of an error, merged with those of the objects that contain it. */
function flatten(value: unknown, depth = 8): JsonRecord {
  const outer: unknown = Array.isArray(value) ? value[0] : value
  if (!isRecord(outer)) return {}
  const fields = plainNames(outer)
  const inner = holders.map((name) => fields[name]).find((inner) => says(inner))
  return depth > 0 ? { ...fields, ...flatten(inner, depth - 1) } : fields
}

/** The message in a value, also in JSON inside a string: proxies often forward an error as text. */
function reasonIn(value: unknown, depth = 8): string | undefined {
  if (typeof value === 'string') {
    const inner = depth > 0 && /^\s*[[{]/.test(value) ? reasonIn(parseJson(value), depth - 1) : ''
    return inner || (value.trim() ? value : undefined)
  }
  if (depth === 0 || typeof value !== 'object' || value === null) return undefined
  const fields = Array.isArray(value) ? undefined : plainNames(value as JsonRecord)
  for (const each of fields ? reasons.map((name) => fields[name]) : (value as unknown[])) {
    const reason = reasonIn(each, depth - 1)
    if (reason) return reason
  }
  return undefined
}

/**
 * How long an error asks the client to wait, in milliseconds, at any depth: Google's RetryInfo such as
 * `34.5s`, or a number of seconds or milliseconds.
 */
function retryDelayIn(error: unknown, depth = 8): number | undefined {
  const value = typeof error === 'string' ? parseJson(error) : error
  for (const [name, field] of Object.entries((depth > 0 && value) || {})) {
    const [wait, unit] = /^retry_?(?:delay|after)_?(ms)?/i.exec(name) ?? []
    const delay =
      wait && /^[\d.]+s?$/.test(field as string)
        ? parseFloat(field as string) * (unit ? 1 : 1000)
        : retryDelayIn(field, depth - 1)
    if (delay !== undefined) return Math.round(delay)
  }
  return undefined
}

/** Whether a value contains any information: some servers add an error with empty fields to every chunk. */
export function says(value: unknown, depth = 8): boolean {
  return typeof value === 'object' && value !== null
    ? depth === 0 || Object.values(value).some((inner) => says(inner, depth - 1))
    : typeof value === 'string'
      ? !/^\s*(none|null)?\s*$/i.test(value)
      : Boolean(value)
}

/** The error that a provider reported inside a stream. `body` is the event that carried it. */
export function apiError(error: unknown, body: unknown = error): CompletionError {
  const { message, ...fields } = apiErrorFields(error)
  const name = fields.code ?? fields.type
  return new CompletionError({
    kind: 'api',
    message:
      message ?? `The provider reported an error without a message${name ? ` (${name})` : ''}.`,
    ...fields,
    body,
  })
}
