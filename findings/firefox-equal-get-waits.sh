#!/usr/bin/env bash
# Firefox 153 ESR (Debian's firefox-esr; FIREFOX names another executable), headless: a page reads a streamed response to a
# GET, and after 0.5 s it, or a page in another frame, asks for the same URL.
#
# Seen: the second request is not sent before the first response has ended, whatever its `cache-control`: none,
# `no-cache` or `no-store`. The server receives it seconds later. With the cache mode `no-store` or `reload` in the
# options of `fetch` it is sent at once. Chromium 156 and WebKitGTK 2.50 send it at once in each case (seen by hand).
#
# Surprising because a response that must not be stored blocks others as if it could be stored, because nothing shows
# that the request waits, and because a stream that never ends blocks it forever. Two components, or two tabs, that
# resume one answer by its URL take turns: the second shows nothing until the first has shown all.
set -euo pipefail
FIREFOX_FOUND=${FIREFOX:-$(command -v firefox-esr || command -v firefox)} || {
  echo 'Firefox is needed.' >&2
  exit 2
}
export FIREFOX_FOUND
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
const kinds = [
  { response: '', request: 'default', from: 'page' },
  { response: 'no-cache', request: 'default', from: 'page' },
  { response: 'no-store', request: 'default', from: 'page' },
  { response: 'no-store', request: 'default', from: 'frame' },
  { response: '', request: 'reload', from: 'page' },
  { response: '', request: 'no-store', from: 'page' },
  { response: '', request: 'no-store', from: 'frame' },
]

const page = `<!doctype html><body><iframe src="/frame"></iframe><script>
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
async function read(realm, url, cache) {
  const { body } = await realm.fetch(url, { cache })
  const reader = body.getReader()
  while (!(await reader.read()).done);
}
onload = async () => {
  const kinds = ${JSON.stringify(kinds)}
  for (const [index, { request, from }] of kinds.entries()) {
    const url = '/stream?' + index
    const first = read(window, url, request)
    await delay(500)
    await Promise.all([first, read(from === 'frame' ? frames[0] : window, url, request)])
  }
  navigator.sendBeacon('/report')
}
</script>`

let finish
const finished = new Promise((resolve) => (finish = resolve))
const arrivals = kinds.map(() => [])
const ends = []
const server = createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  if (pathname === '/report') return void finish(true)
  if (pathname !== '/stream') {
    response.writeHead(200, { 'content-type': 'text/html' })
    return void response.end(pathname === '/' ? page : '<!doctype html><title>frame</title>')
  }
  const index = Number(search.slice(1))
  arrivals[index].push(performance.now())
  const cacheControl = kinds[index].response
  response.writeHead(200, { 'content-type': 'text/event-stream', ...(cacheControl && { 'cache-control': cacheControl }) })
  for (let sent = 0; sent < 25 && !response.destroyed; sent++) {
    response.write('data: token\n\n')
    await delay(100)
  }
  ends[index] ??= performance.now()
  response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const profile = mkdtempSync(join(process.cwd(), 'profile-'))
writeFileSync(join(profile, 'user.js'), preferences)
const args = ['--headless', '--no-remote', '--profile', profile, `http://127.0.0.1:${server.address().port}/`]
const env = { ...process.env, HOME: profile }
const browser = spawn(process.env.FIREFOX_FOUND, args, { stdio: 'ignore', detached: true, env })
const end = () => process.kill(-browser.pid, 'SIGKILL')
process.once('exit', end).once('SIGTERM', () => process.exit(1))
const isFinished = await Promise.race([finished, delay(75_000, false)])

const seen = kinds.map(({ response, request, from }, index) => {
  const [first, second] = arrivals[index]
  return {
    'cache-control': response || 'none',
    'cache mode': request,
    'second request from': from,
    'it reaches the server': !(second > 0) ? 'never' : second < ends[index] ? 'while the first streams' : 'after the first has ended',
    'ms after the first': Math.round(second - first),
  }
})
console.table(seen)
const waited = seen.map((row) => row['it reaches the server'] === 'after the first has ended')
const expected = kinds.map(({ request }) => request === 'default')
process.exit(isFinished && waited.join() === expected.join() ? 0 : 1)
JS
timeout 85 node run.mjs
