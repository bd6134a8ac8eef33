#!/usr/bin/env bash
# elysia 1.4.30 on Bun 1.4.5, `yield sse({ data })` and `yield sse(text)`, its documented way to send server-sent events
# from a generator, with text that contains line ends, as the tokens of a model do. eventsource-parser 3.1.1 reads it.
#
# Seen: the text is written after `data: ` unchanged. Everything after a line end is no longer part of the data: clients
# drop it, and two consecutive line ends end the event. "Low tide\nis at six.\n\nHigh" arrives as "Low tide". A carriage
# return has the same effect. An object as `data` is sent as JSON and arrives whole.
#
# Surprising because a helper for this format should write data over several lines (Hono's `writeSSE` and h3's event
# stream do), and because nothing fails: short answers are right, and the second line of a long one is lost.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
timeout 240 npm install --no-audit --no-fund --silent bun@1.4.5 elysia@1.4.30 eventsource-parser@3.1.1
cat >app.mjs <<'JS'
import { Elysia, sse } from 'elysia'
import { createParser } from 'eventsource-parser'

const tokens = ['Low tide\nis at six.\n\nHigh', ' tide\r\nis at noon.']
const app = new Elysia()
  .get('/data', function* () {
    for (const data of tokens) yield sse({ data })
  })
  .get('/text', function* () {
    for (const text of tokens) yield sse(text)
  })
  .get('/json', function* () {
    for (const text of tokens) yield sse({ data: { text } })
  })
  .listen({ port: 0, hostname: '127.0.0.1' })

let wrong = 0
for (const [path, expected] of [
  ['data', false],
  ['text', false],
  ['json', true],
]) {
  const response = await fetch(`http://127.0.0.1:${app.server.port}/${path}`)
  let arrived = ''
  const parser = createParser({
    onEvent: ({ data }) => (arrived += path === 'json' ? JSON.parse(data).text : data),
  })
  parser.feed(await response.text())
  const whole = arrived === tokens.join('')
  console.log(`${path}: ${JSON.stringify(arrived)} ${whole ? 'is whole' : 'is not whole'}`)
  if (whole !== expected) wrong++
}
process.exit(wrong)
JS
timeout 30 node_modules/.bin/bun app.mjs
