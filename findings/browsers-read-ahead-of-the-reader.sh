#!/usr/bin/env bash
# Chromium 156 (CHROMIUM_PATH names another executable) and Firefox 153 ESR (Debian's firefox-esr; FIREFOX names another
# executable), headless, and the fetch of Node 20 or later: each fetches an event stream with a POST, takes the reader
# of its body and does not read. The server sends up to 240 MB and waits whenever the connection is full.
#
# Seen: Node stops the server after 4 MB. Chromium takes 65 to 100 MB before it does, and Firefox takes everything.
#
# Surprising because `response.body` is a stream, and a stream that is not read is expected to apply backpressure. A
# page that waits between reads does not slow a server down: what it has not read is generated, sent and kept in memory,
# and the server sees a client that is always ready. Only an abort ends it.
set -euo pipefail
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
FIREFOX_FOUND=${FIREFOX:-$(command -v firefox-esr || command -v firefox)} || {
  echo 'Firefox is needed.' >&2
  exit 2
}
export CHROMIUM_FOUND FIREFOX_FOUND
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

const most = 240e6
const piece = Buffer.from('data: token\n\n'.repeat(5000))

/** Bytes that the connection has taken, by client. */
const taken = { node: 0, chromium: 0, firefox: 0 }
const server = createServer((request, response) => {
  const client = request.url.slice('/body/'.length)
  if (!(client in taken)) {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><script>fetch("/body" + location.pathname, { method: "POST" }).then(({ body }) => (window.reader = body.getReader()))</script>')
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const send = () => {
    while (!response.destroyed && taken[client] < most) {
      taken[client] += piece.length
      if (!response.write(piece)) return
    }
  }
  response.on('drain', send)
  send()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

/** Waits until nothing more has been taken for five seconds. */
async function settled(client) {
  for (let before = -1, still = 0; still < 10; ) {
    await delay(500)
    still = taken[client] > 0 && taken[client] === before ? still + 1 : 0
    before = taken[client]
  }
}

const { body } = await fetch(`${origin}/body/node`, { method: 'POST' })
const reader = body.getReader()
await settled('node')
void reader.cancel()

const browsers = {
  chromium: [
    process.env.CHROMIUM_FOUND,
    ['--headless=new', '--disable-gpu', '--no-first-run', '--user-data-dir=chromium', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
  ],
  firefox: [process.env.FIREFOX_FOUND, ['--headless', '--no-remote', '--profile', 'firefox']],
}
for (const [client, [command, args]] of Object.entries(browsers)) {
  mkdirSync(client)
  writeFileSync(
    `${client}/user.js`,
    `user_pref('browser.aboutwelcome.enabled', false);
    user_pref('browser.shell.checkDefaultBrowser', false);
    user_pref('datareporting.policy.dataSubmissionEnabled', false);
    user_pref('network.captive-portal-service.enabled', false);
    user_pref('network.connectivity-service.enabled', false);
    user_pref('services.settings.server', 'data:,');`,
  )
  const env = { ...process.env, HOME: `${process.cwd()}/${client}` }
  const browser = spawn(command, [...args, `${origin}/${client}`], { stdio: 'ignore', detached: true, env })
  const end = () => process.kill(-browser.pid, 'SIGKILL')
  process.once('exit', end).once('SIGTERM', () => process.exit(1))
  await settled(client)
  process.off('exit', end)
  const ended = new Promise((resolve) => browser.once('exit', resolve))
  end()
  await ended
}
await delay(500)
server.closeAllConnections()
console.table(Object.fromEntries(Object.entries(taken).map(([client, bytes]) => [client, { 'MB sent to a reader that does not read': Math.round(bytes / 1e6) }])))
const asDescribed =
  taken.node < 32e6 && taken.chromium > 48e6 && taken.chromium < 200e6 && taken.firefox >= most
process.exit(asDescribed ? 0 : 1)
JS
timeout 110 node run.mjs
