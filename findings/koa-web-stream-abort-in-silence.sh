#!/usr/bin/env bash
# Koa 3.3.0 with a web stream as the body (`ctx.body = upstream.body`, the body of a `fetch`), whose client goes away
# while the upstream is silent.
#
# Seen: the web stream is never cancelled, so the upstream's connection stays open until it writes again. The
# same body as a Node stream (`Readable.fromWeb(upstream.body)`) is destroyed within milliseconds; so is a web stream
# in Fastify and in Hono on Node.
#
# Surprising because Koa converts a web stream into a Node stream itself, and has destroyed Node streams of closed
# clients for ten years. A model that reasons for minutes causes its full cost, although the user has pressed Stop.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts koa@3.3.0 fastify@5.12.8

cat >run.mjs <<'JS'
import { createServer, request } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import Fastify from 'fastify'
import Koa from 'koa'

const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`)))

let closed
const upstream = createServer((incoming, response) => {
  closed = undefined
  response.on('close', () => (closed = performance.now()))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('data: thinking\n\n')
  // And nothing more.
})
const origin = await listen(upstream)

const app = new Koa()
app.silent = true
app.use(async (ctx) => {
  const { body } = await fetch(origin)
  ctx.type = 'text/event-stream'
  ctx.body = ctx.path === '/node' ? Readable.fromWeb(body) : body
})
const koa = await listen(createServer(app.callback()))

const fastify = Fastify()
fastify.get('/', async (incoming, reply) => {
  const { body } = await fetch(origin)
  return reply.type('text/event-stream').send(body)
})
const other = await fastify.listen({ host: '127.0.0.1', port: 0 })

async function closeAfterAbort(url) {
  const outgoing = request(url)
  outgoing.on('error', () => {})
  outgoing.end()
  await new Promise((resolve) => outgoing.on('response', (response) => {
    response.on('error', () => {}).once('data', resolve)
  }))
  const abortedAt = performance.now()
  outgoing.destroy()
  for (let waited = 0; closed === undefined && waited < 5000; waited += 20) await delay(20)
  return closed === undefined ? 'not within 5 s' : `after ${Math.round(closed - abortedAt)} ms`
}

const seen = {
  'Fastify, web stream': await closeAfterAbort(other),
  'Koa, Readable.fromWeb': await closeAfterAbort(`${koa}/node`),
  'Koa, web stream': await closeAfterAbort(`${koa}/web`),
}
console.log('The upstream is closed, after the client has gone:')
console.table(seen)
const [first, second, third] = Object.values(seen)
process.exit(first.startsWith('after') && second.startsWith('after') && third.startsWith('not') ? 0 : 1)
JS
timeout 40 node run.mjs
