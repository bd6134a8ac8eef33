#!/usr/bin/env bash
# HAProxy 2.6.12 (package haproxy of Debian 12, downloaded and unpacked, not installed) in front of a server whose
# connection breaks in the middle of a chunked response, with a frontend that speaks HTTP/2 and HTTP/1.1. Needs the
# openssl command.
#
# Seen: over HTTP/1.1 the client's response breaks, over HTTP/2 it ends as if it were whole, without an
# error code. curl 7.88 accepts it too. Nothing but the protocol of the client differs.
#
# Surprising because HAProxy knows that the response is cut, as it tells the clients of HTTP/1.1, and because HTTP/2 has
# a frame for it. Tests without TLS, and curl without it, see the broken response; browsers, which speak HTTP/2 in
# production, see half an answer that looks finished.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
command -v apt-get >/dev/null || { echo 'Debian is needed.' >&2; exit 2; }
chmod 755 .
timeout 90 apt-get -q download haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 >/dev/null 2>&1
for archive in *.deb; do dpkg -x "$archive" .; done
timeout 20 openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 2 \
  -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null
cat certificate.pem key.pem >both.pem

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { get } from 'node:https'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const folder = process.cwd()
const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

const upstream = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let token = 0; token < 3; token++) {
    response.write(`data: ${token}\n\n`)
    await delay(100)
  }
  if (request.url === '/whole') response.end('data: [DONE]\n\n')
  else response.destroy()
})
const port = await listen(upstream)

const probe = createServer()
const own = await listen(probe)
await new Promise((resolve) => probe.close(resolve))
writeFileSync(
  'config',
  `defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend page
  bind 127.0.0.1:${own} ssl crt ${folder}/both.pem alpn h2,http/1.1
  default_backend app
backend app
  server app 127.0.0.1:${port}
`,
)
const env = { ...process.env, LD_LIBRARY_PATH: `${folder}/usr/lib/x86_64-linux-gnu:${folder}/usr/lib/aarch64-linux-gnu` }
const child = spawn(`${folder}/usr/sbin/haproxy`, ['-f', 'config', '-db'], { stdio: 'ignore', env })
process.once('exit', () => child.kill('SIGKILL')).once('SIGTERM', () => process.exit(1))
const accepts = () => new Promise((resolve) => {
  connect(own, '127.0.0.1').on('connect', function () { this.destroy(); resolve(true) }).on('error', () => resolve(false))
})
for (let tries = 0; tries < 100 && !(await accepts()); tries++) await delay(50)

async function outcomeOf(stream) {
  let text = ''
  try {
    for await (const piece of stream) text += piece
    return { outcome: 'ended', text: text.replace(/\s*data: /g, ' ').trim() }
  } catch (error) {
    return { outcome: error.message, text: text.replace(/\s*data: /g, ' ').trim() }
  }
}

const readHttp1 = (path) =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: own, path, rejectUnauthorized: false }, (response) => resolve(outcomeOf(response))).on(
      'error',
      reject,
    )
  })

async function readHttp2(path) {
  const session = connectHttp2(`https://127.0.0.1:${own}`, { rejectUnauthorized: false })
  const stream = session.request({ ':path': path })
  const result = await outcomeOf(stream)
  result['RST_STREAM'] = stream.rstCode === 0 ? 'none, or NO_ERROR' : stream.rstCode
  result['connection'] = session.closed || session.destroyed ? 'closed' : 'open'
  session.close()
  return result
}

const seen = {
  'HTTP/1.1, whole': await readHttp1('/whole'),
  'HTTP/1.1, cut': await readHttp1('/cut'),
  'HTTP/2, whole': await readHttp2('/whole'),
  'HTTP/2, cut': await readHttp2('/cut'),
}
console.table(seen)
const outcomes = Object.values(seen).map(({ outcome }) => outcome === 'ended')
process.exit(outcomes.join() === 'true,false,true,true' ? 0 : 1)
JS
timeout 40 node run.mjs
