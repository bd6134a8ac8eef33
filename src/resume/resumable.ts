import type { Resumption } from '../run/resumption.ts'
import { appError } from '../errors/app.ts'
import { headersFrom, sendRequest } from '../request/request.ts'
import type { RequestOptions } from '../request/request-options.ts'
import { ResumeTracker, type ResumeOptions } from './resume-tracker.ts'

/**
 * Reopens a stream that breaks (a network failure, an end without the format's proper end, an `idle`
 * timeout) and reads on after the last event that took effect. The server has to number the events
 * (`sequence_number`, with an identifier of the response) or give them ids (`id:`); where it does
 * neither, the break is an error at once. Every event takes effect exactly once: what is sent again is
 * dropped, and a number that is skipped in a stream that had none skipped before is an error of kind
 * `protocol`. While it waits, `nextAttemptAt` says until when. Given up, the run fails with the error of
 * the last attempt. Nothing is ever posted again.
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

/** The page may be left at once, and nobody waits for what comes of it. */
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
    // The server ends a run that nobody reads by itself.
  }
}

/** Header values are bytes; ids are any text. */
function utf8(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text))
}
