/**
 * What the fault proxy does to one run of a client: plain data, so that a script can be made from a
 * seed, sent to the proxy as the body of the request, and printed.
 */
export interface FaultScript {
  /** The whole stream of the origin behind the proxy, event by event. */
  readonly events: readonly OriginEvent[]
  /** What each request of the run gets, in turn; the last answer is for all that follow as well. */
  readonly answers: readonly FaultAnswer[]
}

export interface OriginEvent {
  /** The event as the wire carries it, its blank line included. */
  readonly text: string
  /**
   * What a client that has seen this event names to go on after it: `?starting_after=`, or the header
   * `Last-Event-ID`.
   */
  readonly cursor?: string | undefined
}

export interface FaultAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: FaultBody
  /** How the body is delimited: by chunks, by a Content-Length, or by the end of the connection. */
  readonly framing: 'chunked' | 'length' | 'close'
  /** Whether the answer promises that the connection can be used again (it never can). */
  readonly keepAlive: boolean
  /** Content-Encoding: gzip, flushed after every piece. */
  readonly gzip: boolean
  /** The length of the pieces in which the body is coded, in bytes; 0 codes each event by itself. */
  readonly pieceLength: number
  /** The bytes of one write to the socket, each in a turn of its own; 0 writes all at once. */
  readonly writeLength: number
  /** How many of the last bytes before the ending are sent one by one. */
  readonly trickle: number
  /** Silences, `at` being the part of the answer that has been written, from 0 to 1. */
  readonly pauses: readonly { readonly at: number; readonly ms: number }[]
  readonly ending: FaultEnding
}

type FaultBody =
  /**
   * The origin's stream from the cursor that the request names, or from its beginning: with the last
   * events before the cursor once more, and without some of those after it. Its numbers and ids may
   * begin at 0 again (`anew`), its ids be others than in any other answer (`other`), or both be absent
   * (`none`).
   */
  | {
      readonly from: 'origin'
      readonly repeat?: number
      readonly skip?: number
      readonly labels?: 'anew' | 'other' | 'none'
    }
  /** A text of its own. */
  | { readonly from: 'text'; readonly text: string }
  /**
   * The beginning of the origin's stream, and then the same text over and over: every so many
   * milliseconds, or as fast as it is taken.
   */
  | {
      readonly from: 'endless'
      readonly events: number
      readonly text: string
      readonly every?: number
    }

export interface FaultEnding {
  /**
   * `finish`: the answer is sent whole, and the connection closed. The others come at their place:
   * `close` (FIN), `reset` (RST), or `stall`, which sends nothing more and stays.
   */
  readonly how: 'finish' | 'close' | 'reset' | 'stall'
  /** Where: any byte, one inside the head, inside the line that announces a chunk, … */
  readonly place:
    'anywhere' | 'head' | 'body' | 'chunk-header' | 'character' | 'event-end' | 'before-last-byte'
  /** Which of the places of that kind, from 0 to 1. */
  readonly pick: number
}

/** One request and what the proxy has answered to it. */
export interface FaultExchange {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** When it came, on the clock of `performance.now()`. */
  readonly at: number
  /** The bytes that were written, in order. */
  readonly sent: readonly Uint8Array[]
  /** What the proxy has done after them; `undefined` as long as it has done nothing. */
  readonly ending: FaultEnding['how'] | undefined
  /** Whether the connection is gone, whoever closed it. */
  readonly isClosed: boolean
}
