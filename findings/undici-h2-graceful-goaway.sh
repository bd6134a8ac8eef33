#!/usr/bin/env bash
# undici 7.30.2, the last version that runs on Node 20, with `allowH2: true`, against an HTTP/2 server (Node's own)
# that shuts down gracefully in the middle of a streamed response: GOAWAY with NO_ERROR, whose last stream id
# covers the running stream. Needs the openssl command.
#
# Seen: the running response fails at once with "TypeError: terminated" (UND_ERR_SOCKET), although the server
# goes on to write it. `http2.connect` of Node reads the same response to its end, and so does undici 8.13.1.
#
# Surprising because that GOAWAY asks for nothing but new connections: streams up to the last stream id are
# to finish (RFC 9113, 6.8). Load balancers send it at every deploy and after so many requests, so a proxy
# that fetches a model over HTTP/2 with undici loses each long answer then, and none over HTTP/1.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts undici@7.30.2
timeout 20 openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 2 \
  -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null

cat >run.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { connect, createSecureServer } from 'node:http2'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, fetch } from 'undici'

const server = createSecureServer({ key: readFileSync('key.pem'), cert: readFileSync('certificate.pem') })
server.on('session', (session) => session.on('error', () => {}))
server.on('stream', async (stream, headers) => {
  stream.on('error', () => {})
  stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
  for (let token = 0; token < 10 && !stream.destroyed; token++) {
    stream.write(`data: ${token}\n\n`)
    // The graceful shutdown of Node: GOAWAY, and the running streams are served to their end.
    if (token === 3 && headers[':path'] === '/shutdown') stream.session.close()
    await delay(50)
  }
  if (!stream.destroyed) stream.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `https://127.0.0.1:${server.address().port}`
const connection = { rejectUnauthorized: false }

async function withUndici(path) {
  let text = ''
  try {
    const dispatcher = new Agent({ allowH2: true, connect: connection })
    const { body } = await fetch(origin + path, { dispatcher })
    for await (const bytes of body) text += Buffer.from(bytes)
    return { how: 'ended', text }
  } catch (error) {
    return { how: `${error.name}: ${error.message} (${error.cause?.code})`, text }
  }
}

function withNode(path) {
  return new Promise((resolve) => {
    const session = connect(origin, connection)
    let text = ''
    const stream = session.request({ ':path': path })
    stream.on('data', (bytes) => (text += bytes))
    stream.on('end', () => resolve({ how: 'ended', text }))
    stream.on('error', (error) => resolve({ how: error.message, text }))
  })
}

const seen = {
  'undici, no shutdown': await withUndici('/'),
  'http2.connect, shutdown': await withNode('/shutdown'),
  'undici, shutdown': await withUndici('/shutdown'),
}
for (const result of Object.values(seen)) result.text = result.text.replace(/\s*data: /g, ' ').trim()
console.table(seen)
const isWhole = ({ how, text }) => how === 'ended' && text.endsWith('[DONE]')
const [plain, node, undici] = Object.values(seen)
process.exit(isWhole(plain) && isWhole(node) && undici.how.includes('terminated') ? 0 : 1)
JS
timeout 30 node run.mjs
