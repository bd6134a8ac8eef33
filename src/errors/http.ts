import { apiErrorFields } from './api.ts'
import { CompletionError } from './completion-error.ts'
import { parseJson } from '../json/parse-json.ts'

/* Every error of kind `http`: the status of the response is not ok. */

const markup = /<(!doctype|html|head|body)\b/i

/**
 * Returns the error of a response, from its headers and the part of its body that was read.
 *
 * @param retryAfter the delay that its headers ask for, in milliseconds
 */
export function httpError(
  response: Response,
  text: string,
  retryAfter: number | undefined,
): CompletionError {
  const { status, headers } = response
  // A server that streams may send its error as an event.
  const json = parseJson(/^data:(.*)/m.exec(text)?.[1] ?? text)
  const { message, ...fields } = apiErrorFields(json)
  return new CompletionError({
    kind: 'http',
    ...fields,
    message: message === undefined || markup.test(message) ? describe(response, text) : message,
    status,
    requestId: headers.get('x-request-id') ?? headers.get('request-id') ?? fields.requestId,
    retryAfter: retryAfter ?? fields.retryAfter,
    body: json ?? (text === '' ? undefined : text),
  })
}

/** Returns a readable message if the server sent none. It never contains the markup of an error page. */
function describe({ status, statusText, headers }: Response, text: string): string {
  const answer = `The server responded with ${status}${statusText ? ` (${statusText})` : ''}`
  const body = text.trim()
  if (body.startsWith('<') || markup.test(body) || headers.get('content-type')?.includes('html')) {
    return `${answer} and an HTML page.`
  }
  return body === '' || body.length > 300 || parseJson(body) !== undefined
    ? `${answer}.`
    : `${answer}: ${body}`
}
