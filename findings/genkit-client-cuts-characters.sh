#!/usr/bin/env bash
# genkit 1.42.0, `streamFlow` of `genkit/beta/client` on Node 20, and a stream whose network chunks end in the middle
# of a character.
#
# Seen: each chunk is decoded by itself, so that a character whose bytes come in two chunks becomes replacement
# characters in what `stream` yields: "Ebbe 🌊" in chunks of one byte is "Ebbe ����". In one chunk it is whole.
#
# Surprising because the flow's server is Genkit's own, and because nobody controls where a network cuts: answers in
# other scripts are damaged occasionally, and never in a test on one machine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 240 npm install --silent --no-audit --no-fund --ignore-scripts genkit@1.42.0

cat >run.mjs <<'JS'
import { streamFlow } from 'genkit/beta/client'
import http from 'node:http'

const text = 'Ebbe 🌊'
const body = Buffer.from(
  [{ message: text }, { result: text }].map((value) => `data: ${JSON.stringify(value)}\n\n`).join(''),
)

/** The flow's chunks, from a server that sends so many bytes at a time. */
async function read(step) {
  const server = http.createServer(async (request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (let at = 0; at < body.length; at += step) {
      response.write(body.subarray(at, at + step))
      await new Promise((next) => setTimeout(next, 2))
    }
    response.end()
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const { stream } = streamFlow({ url: `http://127.0.0.1:${server.address().port}`, input: 1 })
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  server.close()
  return chunks.join('')
}

const whole = await read(body.length)
const cut = await read(1)
console.log('in one chunk:      ', whole)
console.log('one byte at a time:', cut)
process.exit(whole === text && /^Ebbe \uFFFD+$/.test(cut) ? 0 : 1)
JS
timeout 30 node run.mjs
