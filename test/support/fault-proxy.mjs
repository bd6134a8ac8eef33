import { once } from 'node:events'
import { createServer } from 'node:net'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import { encodeAnswer, lastChunk, lengthBefore } from './fault-proxy-answer.mjs'
import { readRequest } from './fault-proxy-request.mjs'

/** @import { Socket } from 'node:net' */
/** @import { FaultAnswer, FaultExchange, FaultScript, OriginEvent } from './fault-proxy-script.ts' */

/**
 * An HTTP/1.1 server on bare sockets that answers as badly as a script says, at any byte.
 *
 *     POST /runs/ID                     the script, as JSON: begins a run, or repeats its request
 *     GET  /runs/ID?starting_after=C    goes on after the event with the cursor C
 *     GET  /runs/ID, Last-Event-ID: C   the same
 *     GET  /sockets                     how many connections are open besides this one
 *
 * @param {{
 *   port?: number
 *   beforeWriting?: (id: string, exchange: FaultExchange) => Promise<unknown> | undefined
 *   beforeBreaking?: (id: string, exchange: FaultExchange) => Promise<unknown>
 * }} [options] `beforeWriting` is waited for before each write of an answer, `beforeBreaking` before a
 *   connection is closed or reset early: what was sent may be lost on the way to a client that has not
 *   read it yet.
 */
export async function startFaultProxy({ port = 0, beforeWriting, beforeBreaking } = {}) {
  /** @type {Set<Socket>} */
  const sockets = new Set()
  /** @type {Map<string, { script: FaultScript, exchanges: FaultExchange[] }>} */
  const runs = new Map()

  const server = createServer({ noDelay: true }, async (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const request = await readRequest(socket)
    // A client that sends nothing more may be gone, or wait: writing finds out.
    if (request) await answerRequest(socket, request)
  })

  async function answerRequest(socket, request) {
    const url = new URL(request.target, 'http://proxy')
    const [, kind, id] = url.pathname.split('/')
    if (request.method === 'OPTIONS') return sendSimple(socket, 204, preflightHeaders(request))
    if (kind === 'sockets') {
      return sendSimple(socket, 200, cors, JSON.stringify({ open: sockets.size - 1 }))
    }
    const run = runs.get(id) ?? { script: JSON.parse(request.body), exchanges: [] }
    runs.set(id, run)
    const { answers, events } = run.script
    const answer = answers[Math.min(run.exchanges.length, answers.length - 1)]
    const exchange = {
      ...request,
      at: performance.now(),
      sent: [],
      ending: undefined,
      isClosed: false,
    }
    run.exchanges.push(exchange)
    socket.on('close', () => (exchange.isClosed = true))
    const cursor = url.searchParams.get('starting_after') ?? request.headers['last-event-id']
    const sent = eventsFor(answer, events, cursor, run.exchanges.length)
    await perform(socket, answer, sent, exchange, {
      beforeWriting: () => beforeWriting?.(id, exchange),
      beforeBreaking: () => beforeBreaking?.(id, exchange),
    })
  }

  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: server.address().port,
    origin: `http://127.0.0.1:${server.address().port}`,
    openSockets: () => sockets.size,
    exchanges: (id) => runs.get(id)?.exchanges ?? [],
    forget: (id) => runs.delete(id),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/**
 * @param {FaultAnswer} answer
 * @param {readonly OriginEvent[]} events
 * @param {string | undefined} cursor
 * @param {number} count how many requests the run has made
 */
function eventsFor({ body }, events, cursor, count) {
  if (body.from === 'text') return []
  if (body.from === 'endless') return events.slice(0, body.events)
  const known = cursor?.replace(/~.*/, '')
  const next = known === undefined ? 0 : events.findIndex((event) => event.cursor === known) + 1
  const { repeat = 0, skip = 0 } = cursor === undefined ? {} : body
  const sent = [...events.slice(Math.max(0, next - repeat), next), ...events.slice(next + skip)]
  const relabel = labelled[body.labels]
  return relabel ? sent.map((event, index) => ({ text: relabel(event.text, index, count) })) : sent
}

const id = /(?<=^|[\r\n])id: (\d+)(\r\n|\r|\n)/
const number = /,"sequence_number":\d+/

/** The text of an event with other labels. */
const labelled = {
  anew: (text, index) =>
    text.replace(id, `id: ${index}$2`).replace(number, `,"sequence_number":${index}`),
  other: (text, _, count) => text.replace(id, `id: $1~${count}$2`),
  none: (text) => text.replace(id, '').replace(number, ''),
}

/**
 * @param {Socket} socket
 * @param {FaultAnswer} answer
 */
async function perform(socket, answer, events, exchange, hooks) {
  const encoded = encodeAnswer(answer, events)
  const { how } = answer.ending
  const isEndless = answer.body.from === 'endless'
  // What never ends has no last chunk and no end to break off at.
  const terminator = answer.framing === 'chunked' ? lastChunk.length : 0
  const length = isEndless
    ? encoded.bytes.length - terminator
    : lengthBefore(answer.ending, encoded)
  await writePaced(socket, encoded.bytes.subarray(0, length), answer, exchange, hooks)
  if (isEndless) return writeForEver(socket, answer, exchange)
  if (socket.destroyed) return
  if (how === 'close' || how === 'reset') await hooks.beforeBreaking()
  if (socket.destroyed) return
  exchange.ending = how
  if (how === 'reset') socket.resetAndDestroy()
  else if (how !== 'stall') socket.end()
}

/** @param {FaultAnswer} answer */
async function writePaced(socket, bytes, answer, exchange, { beforeWriting }) {
  const { writeLength, trickle, pauses } = answer
  const stops = pauses.map(({ at, ms }) => ({ at: Math.floor(at * bytes.length), ms }))
  const trickleFrom = bytes.length - trickle
  const borders = [...stops.map(({ at }) => at), trickleFrom, bytes.length]
  for (let start = 0; start < bytes.length && !socket.destroyed;) {
    for (const { at, ms } of stops) if (at === start) await delay(ms)
    await beforeWriting()
    const step = start >= trickleFrom ? 1 : writeLength || bytes.length
    const end = Math.min(start + step, ...borders.filter((border) => border > start))
    exchange.sent.push(bytes.subarray(start, end))
    socket.write(bytes.subarray(start, end))
    start = end
    if (start < bytes.length) await turn()
  }
}

/** @param {FaultAnswer} answer */
async function writeForEver(socket, { body, framing }, exchange) {
  const text = Buffer.from(body.text.repeat(Math.ceil(5000 / body.text.length)))
  const piece =
    framing === 'chunked'
      ? Buffer.concat([Buffer.from(`${text.length.toString(16)}\r\n`), text, Buffer.from('\r\n')])
      : text
  exchange.ending = 'stall'
  for (let written = 0; !socket.destroyed; written += piece.length) {
    // The beginning says enough of what never ends.
    if (written < 200_000) exchange.sent.push(piece)
    if (socket.write(piece)) await (body.every ? delay(body.every) : turn())
    else await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined)
  }
}

const cors = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' }

function preflightHeaders({ headers }) {
  return {
    ...cors,
    'access-control-allow-methods': 'GET, POST',
    'access-control-max-age': '600',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
  }
}

function sendSimple(socket, status, headers, body = '') {
  const fields = { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} OK\r\n${lines.join('')}\r\n${body}`)
}
