#!/usr/bin/env bash
# hono 4.13.19 with @hono/node-server 2.1.9, `streamSSE` in a GET route, and a HEAD request for it, as link checkers and uptime
# monitors send it. Fastify 5.12.8 for comparison.
#
# Seen: the client receives its headers at once. The handler has begun, waits in the first `writeSSE` that finds the
# buffer full, and waits forever: it does not return, its `finally` does not run, neither `onAbort` nor the request's
# signal fires, also when the client has closed the connection. A GET whose client goes away ends the handler within
# milliseconds. Fastify runs the source to its end.
#
# Surprising because Hono answers HEAD by the GET route itself, knows that no body is wanted, and drops it, but does not
# tell the source. Each HEAD request leaves a handler behind, with the model's stream that it reads, open as long as
# the process lives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts hono@4.13.19 @hono/node-server@2.1.9 fastify@5.12.8

cat >run.mjs <<'JS'
import { request as sendRequest } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import fastify from 'fastify'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'

let log
async function* tokens(count) {
  const mine = log
  mine.push('begins')
  try {
    for (let index = 0; index < count; index++) {
      await delay(50)
      yield 'token'
    }
    mine.push('all tokens')
  } finally {
    mine.push('finally')
  }
}

const app = new Hono()
app.get('/answer', (context) =>
  streamSSE(context, async (stream) => {
    const mine = log
    stream.onAbort(() => mine.push('onAbort'))
    context.req.raw.signal.addEventListener('abort', () => mine.push('signal'))
    for await (const data of tokens(60)) {
      if (stream.aborted) break
      await stream.writeSSE({ data })
    }
  }),
)
const hono = await new Promise((resolve) => {
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => resolve(port))
})
const other = fastify()
other.get('/answer', (request, reply) => {
  const events = async function* () {
    for await (const data of tokens(60)) yield `data: ${data}\n\n`
  }
  reply.type('text/event-stream').send(Readable.from(events()))
})
await other.listen({ host: '127.0.0.1', port: 0 })

const ask = (port, method, closeAfter) =>
  new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: '/answer', method, agent: false }
    const request = sendRequest(options, (response) => {
      response.on('error', () => {}).on('close', resolve)
      response.resume()
      if (closeAfter) setTimeout(() => request.destroy(), closeAfter)
    })
    request.on('error', resolve).end()
  })

const seen = {}
for (const [name, port, method, closeAfter] of [
  ['Hono, GET, closed after 0.5 s', hono, 'GET', 500],
  ['Hono, HEAD', hono, 'HEAD'],
  ['Fastify, HEAD', other.server.address().port, 'HEAD'],
]) {
  log = []
  const mine = log
  const startedAt = performance.now()
  await ask(port, method, closeAfter)
  const answeredAfter = Math.round(performance.now() - startedAt)
  await delay(8000)
  seen[name] = { 'the client has its response after ms': answeredAfter, 'the handler in the next 8 s': mine.join(', ') }
}
console.table(seen)
const [get, head, fastifyHead] = Object.values(seen).map((row) => row['the handler in the next 8 s'])
const isAsExpected = get.includes('finally') && !get.includes('all tokens') && head === 'begins' && fastifyHead.includes('finally')
process.exit(isAsExpected ? 0 : 1)
JS
timeout 60 node run.mjs
