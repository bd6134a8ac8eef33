import type { Resumption } from '../run/resumption.ts'
import { appError } from '../errors/app.ts'
import { headersFrom, sendRequest } from '../request/request.ts'
import type { RequestOptions } from '../request/request-options.ts'
import { ResumeTracker, type ResumeOptions } from './resume-tracker.ts'

/**
 * Reopens a stream that breaks (a network failure, an end without the format's end marker, an `idle`
 * timeout) and continues after the last processed event. The server must number its events
 * (`sequence_number`, and an identifier of the response) or give them ids (`id:`); otherwise, the break is
 * an error immediately. Every event is applied exactly once: duplicates are dropped, and a gap in a stream
 * without earlier gaps is an error of kind `protocol`. While the run waits, `nextAttemptAt` has the time of
 * the next attempt. After the last attempt, the run fails with its error. The prompt is never sent again.
 *
 * @example
 * useStreamingCompletion({
 *   url: '/api/responses',
 *   resume: resumable({
 *     url: ({ responseId, sequenceNumber }) =>
 *       `/api/responses/${responseId}?stream=true&starting_after=${sequenceNumber ?? ''}`,
 *   }),
 * })
 */
export function resumable(options: ResumeOptions): Resumption {
  return {
    open: (checkpoint) => new ResumeTracker(options, checkpoint),
    request: (request, from) => ({
      ...request,
      method: 'GET',
      url() {
        if (!options.url) throw appError('The resumable option has no url to resume from.')
        return options.url(from)
      },
      async headers(input) {
        const { headers: given } = request
        const headers = headersFrom(await (typeof given === 'function' ? given(input) : given))
        if (from.lastEventId !== undefined) headers.set('last-event-id', utf8(from.lastEventId))
        return headers
      },
    }),
    settle(request, input, result) {
      const { status, error, abortReason, checkpoint } = result
      const isEnded = status === 'aborted' && abortReason !== 'unmount'
      if (isEnded || status === 'complete' || error?.kind === 'http') options.store?.clear()
      if (isEnded && checkpoint && options.cancel) {
        void cancel({ ...request, url: () => options.cancel?.(checkpoint) ?? '' }, input)
      }
    },
    restore: () => options.store?.load(),
  }
}

/** The page may be left immediately, and the result is not awaited. */
async function cancel<Input>(request: RequestOptions<Input>, input: Input) {
  const { fetch = globalThis.fetch } = request
  try {
    await sendRequest(
      {
        ...request,
        method: 'POST',
        body: () => undefined,
        fetch: (url, init) => fetch(url, { ...init, keepalive: true }),
      },
      input,
      new AbortController().signal,
    )
  } catch {
    // If this request fails, the server ends the run by itself.
  }
}

/** Header values are bytes, but ids can be any text. */
function utf8(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text))
}
