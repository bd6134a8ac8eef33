import type { Checkpoint } from '../completion/state.ts'
import type { Resumption } from '../run/extensions.ts'
import { headersFrom } from '../request/request.ts'
import { ResumeSession } from './resume-session.ts'
import type { BackoffOptions } from '../run/retry.ts'

/** How a stream that broke is reopened where it stopped. */
export interface ResumeOptions extends BackoffOptions {
  /**
   * Where to read on, by a GET request with the `headers`, `credentials` and `fetch` of the completion.
   * `responseId` and `sequenceNumber` are what background responses are continued by (`starting_after`);
   * `lastEventId` is sent as the header `Last-Event-ID` too, which a proxy of another origin has to allow.
   * With neither of the latter two, the stream is to be replayed from its beginning. Not needed with
   * `source`, which is called again with `resumeFrom`.
   */
  url?: ((from: Checkpoint) => string | URL) | undefined
  /**
   * How often in a row to reopen without getting anything new; something new starts the count again.
   *
   * @default 5
   */
  attempts?: number | undefined
}

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
    open: (checkpoint) => new ResumeSession(options, checkpoint),
    request: (request, from) => ({
      ...request,
      method: 'GET',
      url() {
        if (!options.url) throw new TypeError('resumable has no url: there is nothing to reopen.')
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
