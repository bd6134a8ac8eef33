#!/usr/bin/env bash
# @fastify/sse 0.6.0 (Fastify 5.12.8), `reply.sse.send(source)`, and a source that fails in the middle, as the stream of a
# provider does when the connection is lost.
#
# Seen: a generator that throws ends the response as if it were whole, with status 200. A Node stream that fails
# leaves the response open: no error, no end, the page waits forever. Both are logged. The same generator by Fastify's
# own `reply.send(Readable.from(generator))` breaks the response.
#
# Surprising because the plugin is Fastify's own and promises its error handling, and because the two supported kinds
# of source turn the same error into opposite endings, neither of which is an error for the page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts fastify@5.12.8 @fastify/sse@0.6.0

cat >run.mjs <<'JS'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import sse from '@fastify/sse'
import fastify from 'fastify'

const logged = []
const app = fastify({ logger: { level: 'warn', stream: { write: (line) => logged.push(JSON.parse(line).msg) } } })
await app.register(sse)

async function* tokens(wrap) {
  for (let token = 0; token < 3; token++) {
    yield wrap(token)
    await delay(50)
  }
  throw new TypeError('terminated')
}
const asEvent = (token) => ({ data: token })
const asText = (token) => `data: ${token}\n\n`

app.get('/generator', { sse: true }, (request, reply) => reply.sse.send(tokens(asEvent)))
app.get('/stream', { sse: true }, (request, reply) => reply.sse.send(Readable.from(tokens(asEvent))))
app.get('/own', (request, reply) => reply.type('text/event-stream').send(Readable.from(tokens(asText))))
const origin = await app.listen({ host: '127.0.0.1', port: 0 })

async function read(path) {
  let text = ''
  let outcome = 'ended'
  try {
    const signal = AbortSignal.timeout(4000)
    const { body } = await fetch(origin + path, { headers: { accept: 'text/event-stream' }, signal })
    for await (const piece of body) text += Buffer.from(piece)
  } catch (error) {
    outcome = error.name === 'TimeoutError' ? 'still open after 4 s' : error.message
  }
  return { outcome, text: text.replace(/\s*data: /g, ' ').trim(), logged: logged.splice(0).join() }
}

const seen = {
  'sse.send(generator)': await read('/generator'),
  'sse.send(Readable)': await read('/stream'),
  'reply.send(Readable)': await read('/own'),
}
console.table(seen)
const outcomes = Object.values(seen).map(({ outcome }) => outcome)
process.exit(outcomes.join() === 'ended,still open after 4 s,terminated' ? 0 : 1)
JS
timeout 40 node run.mjs
