import type { Resumption } from '../run/resumption.ts'
import { appError } from '../errors/app.ts'
import { headersFrom } from '../request/request.ts'
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
        if (!options.url) throw appError('resumable has no url: there is nothing to reopen.')
        return options.url(from)
      },
      async headers(input) {
        const { headers: given } = request
        const headers = headersFrom(await (typeof given === 'function' ? given(input) : given))
        if (from.lastEventId !== undefined) headers.set('last-event-id', utf8(from.lastEventId))
        return headers
      },
    }),
  }
}

/** Header values are bytes; ids are any text. */
function utf8(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text))
}
