#!/usr/bin/env bash
# Node 26.10.0 and 24.21.0, the global `fetch` with its defaults, and a TLS server that offers HTTP/2 and HTTP/1.1 and
# breaks off in the middle of a streamed response. Needs the openssl command.
#
# Seen: Node 24 speaks HTTP/1.1 and rejects with "terminated". Node 26 speaks HTTP/2, without an option. If the server
# resets the stream with CANCEL, the loop over the body ends normally, as after a whole response. It rejects for
# INTERNAL_ERROR, and when the connection closes. Chromium 156 rejects for CANCEL (seen by hand).
#
# Surprising because the code and the server are the same, and because a response over HTTP/2 is whole only with END_STREAM:
# RFC 9113 lets a server end it early by one code alone, NO_ERROR. After an upgrade of Node, a server that passes a
# provider's answer on may confirm half of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# The executables of Node come from separate packages, one for each system.
timeout 240 npm install --silent --no-audit --no-fund node24@npm:node@24.21.0 node26@npm:node@26.10.0
timeout 20 openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 2 \
  -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null

cat >server.mjs <<'JS'
// A server in bare frames: Node's own never sends the code of a stream that it closes in mid-response.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:tls'
import { setTimeout as delay } from 'node:timers/promises'

const literal = (name, value) => [0, name.length, ...Buffer.from(name), value.length, ...Buffer.from(value)]
const codes = { internal: 2, cancel: 8 }
const tokens = ['0', '1', '2']

function frame(type, flags, id, payload) {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(id, 5)
  return Buffer.concat([head, Buffer.from(payload)])
}

async function answerHttp2(socket, id, how) {
  socket.write(frame(1, 4, id, [0x88, ...literal('content-type', 'text/event-stream')]))
  for (const token of tokens) {
    socket.write(frame(0, 0, id, Buffer.from(`data: ${token}\n\n`)))
    await delay(50)
  }
  if (how === 'whole') socket.write(frame(0, 1, id, Buffer.from('data: [DONE]\n\n')))
  else if (how === 'close') socket.destroy()
  else socket.write(frame(3, 0, id, [0, 0, 0, codes[how]]))
}

async function answerHttp1(socket, how) {
  const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n')
  for (const token of tokens) {
    socket.write(chunk(`data: ${token}\n\n`))
    await delay(50)
  }
  if (how === 'whole') socket.write(`${chunk('data: [DONE]\n\n')}0\r\n\r\n`)
  else socket.destroy()
}

/** Answers every request in the way `how()` names. */
export function serve(how) {
  const certificate = { key: readFileSync('key.pem'), cert: readFileSync('certificate.pem') }
  const server = createServer({ ...certificate, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    socket.on('error', () => {})
    if (socket.alpnProtocol !== 'h2') return socket.on('data', () => answerHttp1(socket, how()))
    socket.write(frame(4, 0, 0, []))
    let bytes = Buffer.alloc(0)
    let preface = 24
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data])
      if (bytes.length < preface) return
      bytes = bytes.subarray(preface)
      preface = 0
      while (bytes.length >= 9 && bytes.length >= 9 + bytes.readUIntBE(0, 3)) {
        const length = bytes.readUIntBE(0, 3)
        if (bytes[3] === 4 && !(bytes[4] & 1)) socket.write(frame(4, 1, 0, []))
        if (bytes[3] === 1) answerHttp2(socket, bytes.readUInt32BE(5), how())
        bytes = bytes.subarray(9 + length)
      }
    })
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
}
JS
cat >client.mjs <<'JS'
let text = ''
let outcome = 'ended'
try {
  const { body } = await fetch(process.argv[2])
  for await (const piece of body) text += Buffer.from(piece)
} catch (error) {
  outcome = `${error.name}: ${error.message}`
}
console.log(JSON.stringify({ outcome, text: text.replace(/\s*data: /g, ' ').trim() }))
process.exit()
JS
cat >run.mjs <<'JS'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { serve } from './server.mjs'

let how
const port = await serve(() => how)
const env = { ...process.env, NODE_EXTRA_CA_CERTS: 'certificate.pem' }
const seen = {}
for (const version of ['24', '26']) {
  for (how of ['whole', 'close', 'internal', 'cancel']) {
    const node = `node_modules/node${version}/bin/node`
    const { stdout } = await promisify(execFile)(node, ['client.mjs', `https://localhost:${port}/`], { env, timeout: 10_000 })
    seen[`Node ${version}, ${how}`] = JSON.parse(stdout)
  }
}
console.table(seen)
const ended = Object.keys(seen).filter((name) => seen[name].outcome === 'ended')
process.exit(ended.join() === 'Node 24, whole,Node 26, whole,Node 26, cancel' ? 0 : 1)
JS
timeout 90 node run.mjs
