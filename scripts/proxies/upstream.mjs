/**
 * The server behind the proxies. It streams a completion at a known pace, and records what it sent and when
 * its client disconnected. It also serves the page, so that the page has the proxy's origin.
 */
import { createServer } from 'node:http'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

/** Milliseconds before the first token, and between two. */
const firstTokenDelay = 300
const tokenInterval = 50

/** Keep-alive comments in a silence: how often, in milliseconds, and how many. */
export const commentInterval = 400
const commentCount = 5

/** The text of a stream of `count` tokens. */
export const tokens = (count) =>
  Array.from({ length: count }, (_, position) => `token ${position} `)

function chunk(content, finishReason = null) {
  const delta = content === undefined ? {} : { content }
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'gpt-5',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
  }
}

const framings = {
  sse: { type: 'text/event-stream; charset=utf-8', frame: (json) => `data: ${json}\n\n` },
  ndjson: { type: 'application/x-ndjson', frame: (json) => `${json}\n` },
}

/**
 * What became of a stream, on the clock of the system.
 * @typedef {{ firstTokenAfter?: number, closedAt?: number, finished: boolean }} StreamRecord
 */

/** @returns an upstream, listening on a port of its own */
export async function startUpstream(script) {
  /** @type {Map<string, StreamRecord>} */
  const records = new Map()

  async function stream(id, parameters, response) {
    const startedAt = Date.now()
    const record = { finished: false }
    records.set(id, record)
    let isOpen = true
    response.on('close', () => {
      isOpen = false
      record.closedAt = Date.now()
    })
    // Like a model that reasons for a long time before it answers.
    if (parameters.has('waits')) return
    const { type, frame } = framings[parameters.get('framing') ?? 'sse']
    const count = Number(parameters.get('tokens'))
    const silentAfter = Number(parameters.get('silentAfter') ?? Infinity)
    const cutAfter = Number(parameters.get('cutAfter') ?? Infinity)
    response.writeHead(200, {
      'content-type': type,
      'cache-control': parameters.has('no-transform') ? 'no-store, no-transform' : 'no-store',
      ...(parameters.has('accel') ? { 'x-accel-buffering': 'no' } : {}),
      // Caddy 2.6 counts its read_timeout on from the stream that used the connection before.
      ...(parameters.has('comments') ? { connection: 'close' } : {}),
    })
    response.flushHeaders()
    for (const [position, token] of tokens(count).entries()) {
      await delay(position === 0 ? firstTokenDelay : tokenInterval)
      if (position === silentAfter) {
        if (!parameters.has('comments')) return
        for (let sent = 0; sent < commentCount && isOpen; sent++) {
          await delay(commentInterval)
          response.write(': keep-alive\n\n')
        }
      }
      if (position === cutAfter) response.destroy()
      if (!isOpen || response.destroyed) return
      record.firstTokenAfter ??= Date.now() - startedAt
      response.write(frame(JSON.stringify(chunk(token))))
    }
    response.end(
      frame(JSON.stringify(chunk(undefined, 'stop'))) +
        (type.includes('event') ? 'data: [DONE]\n\n' : ''),
    )
    record.finished = true
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://upstream')
    request.resume()
    if (pathname.endsWith('/page.js')) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    } else if (request.method === 'POST') {
      void stream(searchParams.get('id'), searchParams, response)
    } else {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><meta charset="utf-8"><script src="/page.js"></script>')
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: server.address().port,
    records,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
