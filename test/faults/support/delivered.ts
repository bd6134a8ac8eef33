import { constants, gunzipSync } from 'node:zlib'
import type { FaultExchange } from '../../support/fault-proxy-script.ts'

/** The HTTP response that the sent bytes represent, computed without the client's code. */
export interface Delivered {
  /** `undefined` if the headers never arrived completely. */
  readonly status: number | undefined
  readonly headers: ReadonlyMap<string, string>
  /** As much of the body as can be read, its codings removed. */
  readonly body: string
  /** `clean`: the body is complete according to HTTP. `open`: more data could have followed. */
  readonly end: 'clean' | 'broken' | 'open'
  /** The connection broke: some of the sent data may not have been read. */
  readonly isLossy: boolean
}

export function readDelivered({ sent, ending }: FaultExchange): Delivered {
  const bytes = Buffer.concat(sent)
  const brokenOff = ending === undefined || ending === 'stall' ? 'open' : 'broken'
  const headEnd = bytes.indexOf('\r\n\r\n')
  const isLossy = ending === 'close' || ending === 'reset'
  if (headEnd === -1) {
    return { status: undefined, headers: new Map(), body: '', end: brokenOff, isLossy }
  }

  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(/: (.*)/s)
      return [name, value]
    }),
  )
  const { content, isWhole } = readBody(bytes.subarray(headEnd + 4), headers)
  // Node's fetch treats a response with `Connection: close` as complete, however the connection ends, unless
  // its length contradicts; browsers do not. A client only knows what its fetch reports.
  const isOver =
    brokenOff === 'broken' &&
    headers.get('connection') === 'close' &&
    !headers.has('content-length')
  const plain = headers.get('content-encoding') === 'gzip' ? gunzipped(content) : content
  const end = isWhole || isOver ? 'clean' : brokenOff
  return {
    status: Number(statusLine.split(' ')[1]),
    headers,
    // An incomplete character is not included yet.
    body: new TextDecoder().decode(plain, { stream: end !== 'clean' }),
    end,
    isLossy,
  }
}

function readBody(bytes: Buffer, headers: ReadonlyMap<string, string>) {
  const length = headers.get('content-length')
  if (length !== undefined) {
    return { content: bytes.subarray(0, Number(length)), isWhole: bytes.length >= Number(length) }
  }
  if (headers.get('transfer-encoding') !== 'chunked') return { content: bytes, isWhole: false }

  const chunks: Buffer[] = []
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return { content: Buffer.concat(chunks), isWhole: false }
    const size = parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const start = lineEnd + 2
    if (size === 0) {
      return { content: Buffer.concat(chunks), isWhole: bytes.length >= start + 2 }
    }
    chunks.push(bytes.subarray(start, start + size))
    at = start + size + 2
  }
}

/** Decompresses as much as possible of the bytes so far. */
function gunzipped(bytes: Buffer): Buffer {
  return bytes.length === 0 ? bytes : gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
}

/** A server-sent event. */
export interface StreamEvent {
  readonly id: string | undefined
  readonly data: string
  readonly sequenceNumber: number | undefined
}

/** The server-sent events of a text; `isEnded` means that no more text can follow. */
export function readEventStream(text: string, isEnded: boolean): StreamEvent[] {
  const events: StreamEvent[] = []
  const lines = text.split(/\r\n|\r|\n/)
  const unfinished = lines.pop() ?? ''
  let data: string[] = []
  let id: string | undefined
  for (const line of lines) {
    if (line.startsWith('data: ')) data.push(line.slice('data: '.length))
    else if (line.startsWith('id: ')) id = line.slice('id: '.length)
    else if (line === '') {
      if (data.length > 0) events.push({ id, data: data.join('\n'), ...numberIn(data.join('\n')) })
      data = []
      id = undefined
    }
  }
  if (isEnded) {
    // A last event without its blank line counts if it is complete.
    const last = /^data: (.*)/s.exec(unfinished)?.[1] ?? data.join('\n')
    if (last === '[DONE]' || parse(last)) events.push({ id, data: last, ...numberIn(last) })
  }
  return events
}

function numberIn(data: string) {
  return { sequenceNumber: parse(data)?.sequence_number }
}

function parse(text: string): { sequence_number?: number } | undefined {
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}
