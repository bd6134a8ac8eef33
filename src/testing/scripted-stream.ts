/** A piece of a body, and how long the server is silent before it. */
export interface StreamStep {
  /** Text, sent as UTF-8, or bytes as they are. */
  readonly send: string | Uint8Array
  /**
   * The silence before it, in milliseconds of `setTimeout`, so a test may fake it.
   *
   * @default 0
   */
  readonly delay?: number | undefined
}

/**
 * How a body ends once its steps are sent: properly closed (`'close'`), by a broken connection
 * (`'cut'`), or not at all (`'stall'`). Whether the stream was whole is for its format to say.
 */
export type StreamEnd = 'close' | 'cut' | 'stall'

/** An answer, as plain data: to be played as often as one likes. */
export interface ScriptedStream {
  /** @default 200 */
  readonly status?: number | undefined
  /** @default a content type of `text/event-stream` */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /**
   * How long the server takes to answer at all, in milliseconds.
   *
   * @default 0
   */
  readonly responseDelay?: number | undefined
  readonly steps: readonly StreamStep[]
  /** @default 'close' */
  readonly end?: StreamEnd | undefined
}

/** How a script is cut into pieces and timed, and where it goes wrong. */
export interface PaceOptions {
  /**
   * The silence before each piece, in milliseconds, or a function of the piece's index.
   *
   * @default 0
   */
  delay?: number | ((index: number) => number) | undefined
  /** How long the server takes to answer at all, in milliseconds. */
  responseDelay?: number | undefined
  /**
   * Cuts the body into pieces of so many bytes, wherever that falls: inside an event, inside a
   * character. By default each event is a piece.
   */
  chunkBytes?: number | undefined
  /** Sends only so many events, and then does what `end` says. */
  stopAfter?: number | undefined
  /** @default 'close' */
  end?: StreamEnd | undefined
}

/** Makes a script of the events of a body, each as the text that stands for it on the wire. */
export function scriptEvents(
  events: readonly string[],
  contentType: string,
  { delay = 0, responseDelay, chunkBytes, stopAfter, end }: PaceOptions = {},
): ScriptedStream {
  const sent = events.slice(0, stopAfter)
  const pieces = chunkBytes === undefined ? sent : cut(sent.join(''), chunkBytes)
  return {
    headers: { 'content-type': contentType },
    responseDelay,
    steps: pieces.map((send, index) => ({
      send,
      delay: typeof delay === 'function' ? delay(index) : delay,
    })),
    end,
  }
}

function cut(text: string, length: number): Uint8Array[] {
  if (!(length >= 1)) throw new RangeError(`chunkBytes must be at least 1, not ${length}.`)
  const bytes = new TextEncoder().encode(text)
  const pieces: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += length) {
    pieces.push(bytes.subarray(start, start + length))
  }
  return pieces
}
