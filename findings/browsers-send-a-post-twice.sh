#!/usr/bin/env bash
# Chromium 156 (CHROMIUM_PATH names another executable) and Firefox 153 ESR (FIREFOX): one `fetch` with POST, over
# HTTP/1.1, on a connection that has been used before, whose server reads the request, works for a second, and closes
# the connection without a response, like a server that restarts or crashes while a model reasons.
#
# Seen: the browser automatically sends the same POST again, and the server repeats its work; only then does `fetch`
# reject, once. The page cannot detect the second request. Firefox does this on a new connection too. If the server
# has sent its response headers before, the POST is sent once. WebKitGTK 2.50 sends it once in each case, as Node and
# Bun do; Chromium over HTTP/2 and Deno 2.9 send it twice (seen by hand).
#
# Surprising because a POST must not be repeated automatically (RFC 9110, 9.2.2), and because the connection was not
# stale: the request had arrived a second before. A chat that never retries pays twice, and stores the question twice.
# Send the response headers at once, or a key in a request header by which the server recognises the repetition.
set -euo pipefail
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
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
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const preferences = `
user_pref('browser.aboutwelcome.enabled', false);
user_pref('browser.shell.checkDefaultBrowser', false);
user_pref('browser.startup.homepage_override.mstone', 'ignore');
user_pref('datareporting.policy.dataSubmissionEnabled', false);
user_pref('network.captive-portal-service.enabled', false);
user_pref('network.connectivity-service.enabled', false);
user_pref('services.settings.server', 'data:,');
`
const kinds = ['used connection', 'fresh connection', 'head sent first']
const page = `<!doctype html><body><script>
onload = async () => {
  await new Promise((resolve) => setTimeout(resolve, 500))
  const outcomes = {}
  for (const kind of ${JSON.stringify(kinds)}) {
    await (await fetch('/before?' + encodeURIComponent(kind), { cache: 'no-store' })).text()
    try {
      const response = await fetch('/answer?' + encodeURIComponent(kind), { method: 'POST', body: '{"question":"Why?"}' })
      outcomes[kind] = 'read: ' + await response.text()
    } catch (error) {
      outcomes[kind] = error.name
    }
  }
  fetch('/report', { method: 'POST', body: JSON.stringify(outcomes) })
}
</script>`

async function run(command, argsFor) {
  let settle
  const report = new Promise((resolve) => (settle = resolve))
  const arrivals = Object.fromEntries(kinds.map((kind) => [kind, []]))
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url, 'http://localhost')
    const kind = decodeURIComponent(search.slice(1))
    let body = ''
    for await (const piece of request) body += piece
    if (pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html', connection: 'close' })
      return void response.end(page)
    }
    if (pathname === '/report') return void settle({ outcomes: JSON.parse(body), arrivals })
    if (pathname !== '/answer') {
      response.writeHead(200, { connection: kind === 'fresh connection' ? 'close' : 'keep-alive' })
      return void response.end('before')
    }
    arrivals[kind].push({ at: performance.now(), body })
    if (kind === 'head sent first') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
    }
    await delay(1000)
    request.socket.destroy()
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const home = mkdtempSync(join(process.cwd(), 'home-'))
  writeFileSync(join(home, 'user.js'), preferences)
  const args = [...argsFor(home), `http://127.0.0.1:${server.address().port}/`]
  const browser = spawn(command, args, { stdio: 'ignore', detached: true, env: { ...process.env, HOME: home } })
  const end = () => {
    try {
      process.kill(-browser.pid, 'SIGKILL')
    } catch {}
  }
  process.once('exit', end).once('SIGTERM', () => process.exit(1))
  const timer = setTimeout(settle, 30_000)
  try {
    return await report
  } finally {
    clearTimeout(timer)
    end()
    server.closeAllConnections()
    server.close()
  }
}

const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : []
const reports = {
  Chromium: await run(process.env.CHROMIUM_FOUND, (home) => ['--headless', '--disable-gpu', '--no-first-run', ...sandbox, `--user-data-dir=${home}`]),
  Firefox: await run(process.env.FIREFOX_FOUND, (home) => ['--headless', '--no-remote', '--profile', home]),
}
const seen = []
for (const [engine, report] of Object.entries(reports)) {
  for (const kind of report ? kinds : []) {
    const times = report.arrivals[kind]
    const isSame = times.every(({ body }) => body === '{"question":"Why?"}')
    const gap = times.length > 1 ? Math.round(times[1].at - times[0].at) : ''
    seen.push({ engine, kind, 'the page sees': report.outcomes[kind], 'POSTs at the server': times.length, 'with the body': isSame, 'second after ms': gap })
  }
}
console.table(seen)
const counts = seen.map((row) => row['POSTs at the server'])
const isAsExpected = counts.length === 6 && counts[0] > 1 && counts[3] > 1 && [1, 2, 5].every((index) => counts[index] === 1)
process.exit(isAsExpected && seen.every((row) => row['with the body']) ? 0 : 1)
JS
timeout 75 node run.mjs
