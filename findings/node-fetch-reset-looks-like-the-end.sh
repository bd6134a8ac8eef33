#!/usr/bin/env bash
# Node's global `fetch` (Node 20.20, 22.23, 24.21 and 26.10 are the same) and a response that is ended by the close of its
# connection: no content-length, no chunks, as HTTP/1.0 servers and many small ones of Python stream.
#
# Seen: if the connection is reset (RST) in the middle, the loop over the body ends normally, as after an orderly close
# (FIN). `http.get` of the same Node reports ECONNRESET. Deno 2.9 and Chromium 156 reject too, Bun 1.4 does not (all
# three seen by hand).
#
# Surprising because in this form an orderly close cannot be distinguished from a crash, but a reset can: the kernel
# reports an error, and `fetch` does reject with ECONNRESET if the same response is chunked. A model server that is
# killed while it answers looks finished to the proxy that reads it, and to the page behind.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >run.mjs <<'JS'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const heads = {
  closed: 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n',
  chunked: 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n',
}
const server = createServer((socket) => {
  socket.on('error', () => {})
  socket.once('data', async (request) => {
    const [, framing, end] = String(request).match(/GET \/(\w+)-(\w+)/)
    socket.write(heads[framing])
    for (let token = 0; token < 3; token++) {
      const text = `data: ${token}\n\n`
      socket.write(framing === 'closed' ? text : `${text.length.toString(16)}\r\n${text}\r\n`)
      await delay(100)
    }
    if (end === 'reset') socket.resetAndDestroy()
    else socket.end()
  })
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

async function withFetch(path) {
  let text = ''
  try {
    const { body } = await fetch(origin + path)
    for await (const piece of body) text += Buffer.from(piece)
    return { outcome: 'ended', text }
  } catch (error) {
    return { outcome: error.cause?.code ?? error.message, text }
  }
}

function withGet(path) {
  return new Promise((resolve) => {
    let text = ''
    const fail = (error) => resolve({ outcome: error.code, text })
    get(origin + path, { agent: false }, (response) => {
      response.on('data', (piece) => (text += piece)).on('end', () => resolve({ outcome: 'ended', text }))
      response.on('error', fail)
    }).on('error', fail)
  })
}

const seen = {
  'fetch, chunked, reset': await withFetch('/chunked-reset'),
  'fetch, ended by close, FIN': await withFetch('/closed-fin'),
  'fetch, ended by close, RST': await withFetch('/closed-reset'),
  'http.get, ended by close, RST': await withGet('/closed-reset'),
}
for (const result of Object.values(seen)) result.text = result.text.replace(/\s*data: /g, ' ').trim()
console.log(process.version)
console.table(seen)
const ended = Object.values(seen).map(({ outcome }) => outcome === 'ended')
process.exit(ended.join() === 'false,true,true,false' ? 0 : 1)
JS
timeout 30 node run.mjs
