import { createBodyReader, type WireBody } from './body.ts'
import type { Framer } from './framer.ts'

export interface ReadWireOptions {
  /** Whether the browser created the body, for a response from the network. */
  isNative?: boolean
  /** Creates the framer that receives the text of the body. Called when the first text arrives. */
  createFramer: () => Framer
  /** Called with each value of a body that consists of objects instead of text or bytes. */
  onObject?: (value: unknown) => void
  /** Ends the reading: the body is cancelled immediately, and no callback is called any more. */
  signal: AbortSignal
  /** Called when data has arrived, before it is split into events. */
  onArrival?: () => void
  /** Called between pieces of work. A promise pauses reading, so that the page stays responsive. */
  pause?: () => Promise<void> | undefined
  /** Called when all data that has arrived has been read. A promise delays the next read, which then reads more. */
  rest?: () => Promise<void> | undefined
}

// Small enough that one piece is parsed well within a frame, large enough to cost nothing.
const pieceLength = 16_384

/** A read that takes this long had to wait for data, in milliseconds. */
const waitLength = 1

/**
 * Reads a body to its end and emits its events, however the body is split into chunks. Resolves when the body
 * has ended or the signal has aborted. Rejects with the error of the body. The reader is cancelled unless
 * the body ended by itself, and is always released.
 */
export async function readWire(body: WireBody, options: ReadWireOptions): Promise<void> {
  const { signal } = options
  const reader = createBodyReader(body, options.isNative)
  let isOver = false
  const cancel = () => {
    if (!isOver) reader.cancel(signal.reason)
    isOver = true
  }
  signal.addEventListener('abort', cancel)
  const isAborted = () => signal.aborted
  try {
    const text = createTextReader(options)
    let hasObjects = false
    while (!isAborted()) {
      const askedAt = performance.now()
      const { done, value } = await reader.read()
      const hasWaited = performance.now() - askedAt >= waitLength
      // The abort may have ended the read.
      if (isAborted()) break
      if (done) {
        isOver = true
        if (!hasObjects) text.end()
        break
      }
      options.onArrival?.()
      const piece = typeof value === 'string' || isBytes(value) ? value : undefined
      hasObjects ||= piece === undefined
      for (let start = 0; start < (piece?.length ?? 1);) {
        if (piece === undefined) {
          start++
          options.onObject?.(value)
        } else {
          const next = cutPiece(piece, start)
          start += next.length
          text.push(next)
        }
        if (isAborted()) return
        const turn = options.pause?.()
        if (turn) await turn
        if (isAborted()) return
      }
      const isBurst = (piece?.length ?? 0) >= pieceLength
      const rest = options.isNative && hasWaited && !isBurst && options.rest?.()
      if (rest) await rest
    }
  } finally {
    signal.removeEventListener('abort', cancel)
    cancel()
    reader.release()
  }
}

/**
 * A piece ends with an event if possible, otherwise with a line, because a framer has to hold an incomplete one.
 */
function cutPiece(whole: string | Uint8Array, start: number): string | Uint8Array {
  const end = start + pieceLength
  if (typeof whole === 'string') {
    const piece = whole.slice(start, end)
    const lineEnd = end < whole.length ? piece.lastIndexOf('\n') + 1 : 0
    return lineEnd > 0 ? piece.slice(0, lineEnd) : piece
  }
  const piece = whole.subarray(start, end)
  const lineEnd = end < whole.length ? piece.lastIndexOf(10) + 1 : 0
  // The blank line after an event is one of the last lines.
  for (let next = lineEnd, lines = 4; next > 1 && lines > 0; lines--) {
    const before = piece.lastIndexOf(10, next - 2) + 1
    if (next - before < 3 && (next - before === 1 || piece[before] === 13)) {
      return piece.subarray(0, next)
    }
    next = before
  }
  return lineEnd > 0 ? piece.subarray(0, lineEnd) : piece
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && 'subarray' in value
}

/**
 * Decodes a body piece by piece. A piece of complete characters is decoded separately, which in Node is five
 * times as fast as decoding it as part of a stream.
 */
function createDecoder() {
  const decoder = new TextDecoder()
  // The other decoder removes a byte order mark at the beginning.
  const wholeDecoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let isBetween = false
  return (bytes?: Uint8Array): string => {
    if (!bytes) return decoder.decode()
    const wasBetween = isBetween
    isBetween = (bytes.at(-1) ?? 128) < 128
    return wasBetween && isBetween
      ? wholeDecoder.decode(bytes)
      : decoder.decode(bytes, { stream: true })
  }
}

function createTextReader(options: ReadWireOptions) {
  const decode = createDecoder()
  let framer: Framer | undefined
  const push = (text: string) => {
    framer ??= options.createFramer()
    framer.push(text)
  }
  return {
    push: (piece: string | Uint8Array) => push(typeof piece === 'string' ? piece : decode(piece)),
    end() {
      push(decode())
      framer?.end()
    },
  }
}
