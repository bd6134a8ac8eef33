#!/usr/bin/env bash
# fastify-sse-v2 4.2.2 (Fastify 5), `reply.sse(generator)`, and data with a carriage return or without any text.
#
# Seen: line feeds in `data` are written as lines of their own, carriage returns are written as they are. A client takes
# a CR for the end of the line, so what follows it up to the next line feed is a line without a field: of
# "a\rb" it gets "a". An event whose data is empty is not written at all.
#
# Surprising because the plugin splits lines, so a string looks safe to pass, and hono 4.13.19 writes each of the
# three line ends as a line. Files from Windows and progress bars ("\r") lose text in the page, and
# nothing is logged.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts fastify@5.12.8 fastify-sse-v2@4.2.2 \
  hono@4.13.19 eventsource-parser@4.1.3

cat >run.mjs <<'JS'
import { createParser } from 'eventsource-parser'
import Fastify from 'fastify'
import { FastifySSEPlugin } from 'fastify-sse-v2'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'

const tokens = ['a\rb', 'a\r\nb', 'a\nb', '', 'end']
function parse(wire) {
  const seen = []
  createParser({ onEvent: ({ data }) => seen.push(data) }).feed(wire)
  return seen
}

const app = Fastify()
await app.register(FastifySSEPlugin)
app.get('/', (request, reply) => {
  reply.sse(
    (async function* () {
      for (const data of tokens) yield { data }
    })(),
  )
})
await app.listen({ port: 0, host: '127.0.0.1' })
const response = await fetch(`http://127.0.0.1:${app.server.address().port}`)
const fastify = parse(await response.text())
app.server.closeAllConnections()
await app.close()

const hono = new Hono().get('/', (context) =>
  streamSSE(context, async (stream) => {
    for (const data of tokens) await stream.writeSSE({ data })
  }),
)
const other = parse(await (await hono.request('/')).text())

console.log('tokens:        ', JSON.stringify(tokens))
console.log('hono:          ', JSON.stringify(other))
console.log('fastify-sse-v2:', JSON.stringify(fastify))
const asBefore =
  JSON.stringify(other) === JSON.stringify(['a\nb', 'a\nb', 'a\nb', '', 'end']) &&
  JSON.stringify(fastify) === JSON.stringify(['a', 'a\nb', 'a\nb', 'end'])
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
