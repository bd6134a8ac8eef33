/** A chunk of a body, and the delay before it. */
export interface StreamStep {
  /** Text, sent as UTF-8, or bytes. */
  readonly send: string | Uint8Array
  /**
   * The delay before it, in milliseconds. It uses `setTimeout`, so a test can fake it.
   *
   * @default 0
   */
  readonly delay?: number | undefined
}

/**
 * How a body ends after its steps: normally (`'close'`), by a broken connection (`'cut'`), or not at all
 * (`'stall'`). Whether the stream was complete depends on its format.
 */
export type StreamEnd = 'close' | 'cut' | 'stall'

/** A response as plain data. It can be played any number of times. */
export interface ScriptedStream {
  /** @default 200 */
  readonly status?: number | undefined
  /** @default a content type of `text/event-stream` */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /**
   * The delay before the response, in milliseconds.
   *
   * @default 0
   */
  readonly responseDelay?: number | undefined
  readonly steps: readonly StreamStep[]
  /** @default 'close' */
  readonly end?: StreamEnd | undefined
}

/** How a script is cut into chunks and timed, and where it fails. */
export interface PaceOptions {
  /**
   * The delay before each chunk, in milliseconds, or a function of the chunk's index.
   *
   * @default 0
   */
  delay?: number | ((index: number) => number) | undefined
  /** The delay before the response, in milliseconds. */
  responseDelay?: number | undefined
  /**
   * Cuts the body into chunks of this many bytes, even inside an event or a character. By default, each
   * event is a chunk.
   */
  chunkBytes?: number | undefined
  /** Sends only this many events, then ends as set by `end`. */
  stopAfter?: number | undefined
  /** @default 'close' */
  end?: StreamEnd | undefined
}

/** Creates a script from the events of a body, each as its text on the wire. */
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
