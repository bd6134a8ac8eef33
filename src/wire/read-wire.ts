import { CompletionError } from '../errors.ts'
import { createBodyReader, type WireBody } from './body.ts'
import type { Framer, FramerOptions, Framing } from './framer.ts'
import { createJsonFramer } from './newline-delimited-json.ts'
import { createTextFramer } from './plain-text.ts'
import { createServerSentEventFramer } from './server-sent-events.ts'
import { sniffFraming, sniffLength } from './sniff-framing.ts'
import { eventOfValue, type WireEvent } from './wire-event.ts'

export interface ReadWireOptions {
  /** The response's content type, as the header has it. */
  contentType: string | null | undefined
  /** Forces a framing; by default content type and body decide. */
  framing: Framing | undefined
  maxEventLength: number
  /** Ends the reading: the body is cancelled at once and nothing is called any more. */
  signal: AbortSignal
  /** Called before the first event with the framing that was found. */
  onFraming: (framing: Framing) => void
  onEvent: (event: WireEvent) => void
  /** Called when something has arrived, before it is cut into events. */
  onArrival: () => void
  /** Called between pieces of work; a promise asks to wait, so that the page stays responsive. */
  pause: () => Promise<void> | undefined
}

// Small enough that one piece is parsed well within a frame, large enough to cost nothing.
const pieceLength = 16_384

/**
 * Reads a body to its end and hands over its events, wherever the body is cut. Resolves when the body
 * has ended or the signal has aborted; rejects with what the body rejects with. The reader is
 * cancelled unless the body ended by itself, and released in every case.
 */
export async function readWire(body: WireBody, options: ReadWireOptions): Promise<void> {
  const { signal, onArrival, onEvent, pause } = options
  const reader = createBodyReader(body)
  let cancelled = false
  const cancel = () => {
    if (!cancelled) reader.cancel(signal.reason)
    cancelled = true
  }
  signal.addEventListener('abort', cancel)
  const ended = () => signal.aborted
  let exhausted = false
  try {
    const text = createTextReader(options)
    let objects = false
    while (!ended()) {
      const { done, value } = await reader.read()
      if (ended()) return
      if (done) {
        exhausted = true
        break
      }
      onArrival()
      if (typeof value === 'string' || isBytes(value)) {
        for (let start = 0; start < value.length; start += pieceLength) {
          const end = start + pieceLength
          if (typeof value === 'string') text.pushText(value.slice(start, end))
          else text.pushBytes(value.subarray(start, end))
          if (ended()) return
          const turn = pause()
          if (turn) await turn
          if (ended()) return
        }
      } else {
        if (!objects) options.onFraming('json')
        objects = true
        onEvent(eventOfValue(value))
        const turn = pause()
        if (turn) await turn
      }
    }
    if (!objects && !ended()) text.end()
  } finally {
    signal.removeEventListener('abort', cancel)
    if (!exhausted) cancel()
    reader.release()
  }
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && 'subarray' in value
}

function createTextReader(options: ReadWireOptions) {
  const decoder = new TextDecoder()
  const contentType = (options.contentType ?? '').replace(/;.*/s, '').trim().toLowerCase()
  let framer: Framer | undefined =
    options.framing === undefined ? undefined : start(options.framing)
  let head = ''

  function start(framing: Framing): Framer {
    options.onFraming(framing)
    return createFramer(framing, options)
  }

  function sniff(whole: boolean) {
    // Not more of it than that, even where more is there: how much is there is up to the network.
    const beginning = head.slice(0, sniffLength)
    const framing = sniffFraming(contentType, beginning, whole || head.length >= sniffLength)
    if (framing === undefined) return
    if (framing === 'html') throw htmlError(contentType)
    framer = start(framing)
    framer.push(head)
    head = ''
  }

  function push(text: string) {
    if (framer) {
      framer.push(text)
    } else {
      head += text
      sniff(false)
    }
  }

  return {
    pushText: push,
    pushBytes: (bytes: Uint8Array) => push(decoder.decode(bytes, { stream: true })),
    end() {
      push(decoder.decode())
      if (!framer) sniff(true)
      framer?.end()
    },
  }
}

function createFramer(framing: Framing, options: FramerOptions): Framer {
  switch (framing) {
    case 'server-sent-events':
      return createServerSentEventFramer(options)
    case 'json':
      return createJsonFramer(options)
    case 'text':
      return createTextFramer(options)
  }
}

function htmlError(contentType: string): CompletionError {
  return new CompletionError({
    kind: 'protocol',
    message:
      `Expected a stream but got an HTML page (content type ${contentType || 'missing'}). ` +
      'Check the URL: a login page, the fallback page of a single-page app, or an error page of a proxy answers like this.',
  })
}
