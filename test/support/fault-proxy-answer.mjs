import { crc32, constants, deflateRawSync } from 'node:zlib'

/** @import { FaultAnswer, FaultEnding, OriginEvent } from './fault-proxy-script.ts' */

/**
 * The bytes of an answer, HTTP/1.1 by hand, and where in them each kind of place is.
 *
 * @param {FaultAnswer} answer
 * @param {readonly OriginEvent[]} events those that the answer carries
 */
export function encodeAnswer(answer, events) {
  const { framing, gzip } = answer
  const plain = cutIntoPieces(bodyTexts(answer, events), answer.pieceLength)
  const { pieces, tail } = gzip ? gzipped(plain) : { pieces: plain, tail: Buffer.alloc(0) }
  const length = pieces.reduce((sum, piece) => sum + piece.length, tail.length)
  const head = Buffer.from(headOf(answer, length), 'latin1')

  const out = [head]
  let at = head.length
  const chunkHeaders = []
  const eventEnds = []
  const add = (bytes) => {
    out.push(bytes)
    at += bytes.length
  }
  const addCoded = (piece, number) => {
    if (framing !== 'chunked') return add(piece)
    const line = Buffer.from(chunkHeader(piece.length, number), 'latin1')
    chunkHeaders.push(...range(at + 1, at + line.length))
    add(line)
    add(piece)
    add(Buffer.from('\r\n'))
  }
  for (const [number, piece] of pieces.entries()) {
    addCoded(piece, number)
    if (answer.pieceLength === 0) eventEnds.push(at)
  }
  if (tail.length > 0) addCoded(tail, 0)
  if (framing === 'chunked') add(lastChunk)

  const bytes = Buffer.concat(out)
  const body = () => range(head.length, bytes.length)
  return {
    bytes,
    places: {
      anywhere: () => range(0, bytes.length),
      head: () => range(1, head.length),
      body,
      'chunk-header': () => chunkHeaders,
      'event-end': () => eventEnds,
      'before-last-byte': () => [bytes.length - 1],
      // Before a byte that goes on with a character of several.
      character: () => body().filter((index) => (bytes[index] & 0xc0) === 0x80),
    },
  }
}

export const lastChunk = Buffer.from('0\r\n\r\n')

/** How many bytes of an answer are sent. @param {FaultEnding} ending */
export function lengthBefore({ how, place, pick }, { bytes, places }) {
  if (how === 'finish') return bytes.length
  const candidates = [places[place], places.body].map((find) => find()).find(({ length }) => length)
  return candidates ? candidates[Math.floor(pick * candidates.length)] : bytes.length
}

/** @param {FaultAnswer} answer @param {readonly OriginEvent[]} events */
function bodyTexts({ body }, events) {
  if (body.from === 'text') return body.text === '' ? [] : [body.text]
  return events.map(({ text }) => text)
}

/** @param {string[]} texts */
function cutIntoPieces(texts, pieceLength) {
  if (pieceLength === 0) return texts.map((text) => Buffer.from(text))
  const whole = Buffer.from(texts.join(''))
  const pieces = []
  for (let start = 0; start < whole.length; start += pieceLength) {
    pieces.push(whole.subarray(start, start + pieceLength))
  }
  return pieces
}

/**
 * A gzip stream (RFC 1952) whose every piece can be read as soon as it has arrived.
 *
 * @param {Buffer[]} plain
 */
function gzipped(plain) {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
  const pieces = plain.map((piece) =>
    deflateRawSync(piece, { finishFlush: constants.Z_SYNC_FLUSH }),
  )
  pieces[0] = Buffer.concat([header, pieces[0] ?? Buffer.alloc(0)])
  const whole = Buffer.concat(plain)
  const tail = Buffer.alloc(10)
  // An empty last block, the checksum, the length.
  tail.writeUInt16LE(3, 0)
  tail.writeUInt32LE(crc32(whole), 2)
  tail.writeUInt32LE(whole.length, 6)
  return { pieces, tail }
}

/** The length, now and then with the zeros and the extension that a sender may add. */
function chunkHeader(length, number) {
  const hex = length.toString(16)
  if (number % 3 === 1) return `${hex.padStart(6, '0')}\r\n`
  if (number % 3 === 2) return `${hex.toUpperCase()};part=${number}\r\n`
  return `${hex}\r\n`
}

/** @param {FaultAnswer} answer */
function headOf({ status, headers, framing, keepAlive, gzip, body }, length) {
  const persistent = keepAlive && framing !== 'close'
  const fields = {
    ...headers,
    ...(framing === 'chunked' ? { 'transfer-encoding': 'chunked' } : {}),
    ...(framing === 'length' ? { 'content-length': body.from === 'endless' ? 1e9 : length } : {}),
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    // So short a time that no client keeps the connection for another request.
    ...(persistent
      ? { connection: 'keep-alive', 'keep-alive': 'timeout=1' }
      : { connection: 'close' }),
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} Faulty\r\n${lines.join('')}\r\n`
}

function range(from, to) {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
