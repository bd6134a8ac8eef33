#!/usr/bin/env bash
# lighttpd 1.4.69 (package lighttpd of Debian 12, downloaded and unpacked, not installed) in front of a server that
# streams, and a graceful restart by SIGUSR1, which `systemctl reload lighttpd` sends, while one streamed response is
# running.
#
# Seen: every other request to the site waits, without an error, until that response has ended. After eight seconds the
# stream's connection is closed in mid-stream, and only then does the waiting request get its answer. With the feature
# flag `server.graceful-restart-bg` the other request is answered at once; the stream is still cut, after eight seconds
# or earlier. nginx 1.22, HAProxy 2.6, Caddy 2.6, Apache 2.4 and nghttpx 1.52 let the stream end and answer at once
# (seen by hand).
#
# Surprising because a graceful reload should not affect any request, but pages, style sheets and health checks wait for
# another user's answer. With short responses the problem does not show.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
command -v apt-get >/dev/null || { echo 'Debian is needed.' >&2; exit 2; }
chmod 755 .
timeout 90 apt-get -q download lighttpd libnettle8 libxxhash0 libpcre2-8-0 >/dev/null 2>&1
for archive in *.deb; do dpkg -x "$archive" .; done

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const folder = process.cwd()
const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

/** A stream of twenty seconds, and a short answer. */
const upstream = createServer(async (asked, response) => {
  if (asked.url === '/short') return response.end('ok')
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let token = 0; token < 200 && !response.destroyed; token++) {
    response.write(`data: ${token}\n\n`)
    await delay(100)
  }
  response.end('data: [DONE]\n\n')
})
const upstreamPort = await listen(upstream)

function ask(port, path) {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const settle = (end) => resolve({ end, seconds: (performance.now() - startedAt) / 1000 })
    const asked = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume().on('end', () => settle('whole')).on('error', () => settle('cut'))
    })
    asked.on('error', () => settle('refused')).end()
  })
}

async function reload(name, flags) {
  const probe = createServer()
  const port = await listen(probe)
  await new Promise((resolve) => probe.close(resolve))
  writeFileSync(
    'config',
    `server.document-root = "${folder}"
server.bind = "127.0.0.1"
server.port = ${port}
server.modules = ("mod_proxy")
server.stream-response-body = 1
server.errorlog = "${folder}/log"
${flags}
proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${upstreamPort})))
`,
  )
  const args = ['-D', '-f', 'config', '-m', `${folder}/usr/lib/lighttpd`]
  const libraries = `${folder}/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`
  const env = { ...process.env, LD_LIBRARY_PATH: libraries }
  // A group of its own: with the flag, the restarted server is another process.
  const server = spawn('usr/sbin/lighttpd', args, { env, stdio: 'inherit', detached: true })
  try {
    for (let tries = 0; tries < 100; tries++) {
      const up = await new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy()))
        socket.on('error', () => resolve(undefined))
      })
      if (up) break
      await delay(50)
    }
    const stream = ask(port, '/stream')
    await delay(1000)
    server.kill('SIGUSR1')
    await delay(500)
    const seen = { other: await ask(port, '/short'), stream: await stream }
    for (const [what, { end, seconds }] of Object.entries(seen)) {
      console.log(`${name}: the ${what === 'other' ? 'other request' : 'stream'} is ${end} after ${seconds.toFixed(1)} s`)
    }
    return seen
  } finally {
    process.kill(-server.pid, 'SIGKILL')
  }
}

const byDefault = await reload('by default', '')
const background = await reload(
  'in the background',
  'server.feature-flags = ("server.graceful-restart-bg" => "enable")',
)
const asBefore =
  byDefault.other.seconds > 5 &&
  byDefault.stream.end === 'cut' &&
  background.other.seconds < 2 &&
  background.stream.end === 'cut'
process.exit(asBefore ? 0 : 1)
JS
timeout 90 node run.mjs
