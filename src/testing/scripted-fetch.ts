import { scriptedResponse } from './scripted-response.ts'
import type { ScriptedStream } from './scripted-stream.ts'

/** The request that a script may depend on. */
export interface ScriptedRequest {
  readonly url: string
  readonly init: RequestInit
  /** How many requests preceded this one. */
  readonly index: number
}

/**
 * One script for all requests; a list with one script per request, the last of which repeats; or a function
 * of the request. An `Error` in place of a script rejects the request without a response.
 */
export type FetchScript =
  | ScriptedStream
  | readonly (ScriptedStream | Error)[]
  | ((request: ScriptedRequest) => ScriptedStream | Error)

/**
 * Creates a `fetch` that plays scripts, for stories and tests. Pass it as the option `fetch`. It makes no
 * network requests, and an abort ends it like a real request.
 *
 * @example
 * const fetch = scriptedFetch(completionStream({ text: 'Hello, world' }, { delay: 30 }))
 * useStreamingCompletion({ url: '/api/completion', fetch })
 */
export function scriptedFetch(
  script: FetchScript,
): (url: string | URL | Request, init?: RequestInit) => Promise<Response> {
  let made = 0
  return async (request, init = {}) => {
    const isRequest = typeof request === 'object' && 'url' in request
    const signal = init.signal ?? (isRequest ? request.signal : undefined)
    const url = isRequest ? request.url : String(request)
    const answer = scriptFor(script, { url, init, index: made })
    made += 1
    signal?.throwIfAborted()
    if (!(answer instanceof Error) && answer.responseDelay)
      await pause(answer.responseDelay, signal)
    if (answer instanceof Error) throw answer
    return scriptedResponse(answer, signal)
  }
}

function scriptFor(script: FetchScript, request: ScriptedRequest): ScriptedStream | Error {
  if (typeof script === 'function') return script(request)
  if (!('steps' in script)) {
    const answer = script[Math.min(request.index, script.length - 1)]
    return answer ?? new TypeError('The script has no answer for this request.')
  }
  return script
}

function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      // Fetch rejects with the signal's reason, even if it is not an error.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', abort, { once: true })
  })
}
