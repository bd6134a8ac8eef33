/**
 * The faults for one run of a client, as plain data, so that a script can be created from a seed, sent to the
 * proxy as the request body, and printed.
 */
export interface FaultScript {
  /** The whole stream of the origin behind the proxy, event by event. */
  readonly events: readonly OriginEvent[]
  /** The answers to the requests of the run, in order; the last one repeats. */
  readonly answers: readonly FaultAnswer[]
}

export interface OriginEvent {
  /** The event as sent, including its blank line. */
  readonly text: string
  /**
   * The position that a client sends to continue after this event: `?starting_after=`, or the header
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
  /** Whether the response claims that the connection can be reused (it never can). */
  readonly keepAlive: boolean
  /** Content-Encoding: gzip, flushed after every piece. */
  readonly gzip: boolean
  /** The length of the pieces in which the body is encoded, in bytes; 0 encodes each event separately. */
  readonly pieceLength: number
  /** The bytes of one write to the socket, each in a separate turn; 0 writes everything at once. */
  readonly writeLength: number
  /** How many of the last bytes before the ending are sent one by one. */
  readonly trickle: number
  /** Silences. `at` is the written share of the answer, from 0 to 1. */
  readonly pauses: readonly { readonly at: number; readonly ms: number }[]
  readonly ending: FaultEnding
}

type FaultBody =
  /**
   * The origin's stream from the cursor of the request, or from its beginning. It may repeat events before the
   * cursor, and omit some after it. Its numbers and ids may restart at 0 (`anew`), its ids may differ from all
   * other answers (`other`), or both may be absent (`none`).
   */
  | {
      readonly from: 'origin'
      readonly repeat?: number
      readonly skip?: number
      readonly labels?: 'anew' | 'other' | 'none'
    }
  /** A separate text. */
  | { readonly from: 'text'; readonly text: string }
  /**
   * The beginning of the origin's stream, and then the same text repeatedly: at an interval in milliseconds, or
   * as fast as it is read.
   */
  | {
      readonly from: 'endless'
      readonly events: number
      readonly text: string
      readonly every?: number
    }

export interface FaultEnding {
  /**
   * `finish`: the answer is sent completely, and the connection is closed. The others happen at their place:
   * `close` (FIN), `reset` (RST), or `stall`, which sends nothing more and stays open.
   */
  readonly how: 'finish' | 'close' | 'reset' | 'stall'
  /** Where: any byte, one inside the head, inside the line that announces a chunk, … */
  readonly place:
    'anywhere' | 'head' | 'body' | 'chunk-header' | 'character' | 'event-end' | 'before-last-byte'
  /** Which of the places of that kind, from 0 to 1. */
  readonly pick: number
}

/** One request and the proxy's response. */
export interface FaultExchange {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** When it arrived, on the clock of `performance.now()`. */
  readonly at: number
  /** The bytes that were written, in order. */
  readonly sent: readonly Uint8Array[]
  /** How the proxy ended the response; `undefined` as long as it has not. */
  readonly ending: FaultEnding['how'] | undefined
  /** Whether the connection is closed, by either side. */
  readonly isClosed: boolean
}
