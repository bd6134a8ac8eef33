#!/usr/bin/env bash
# Firefox 153 ESR (Debian's firefox-esr; FIREFOX names another executable), headless: a page with a service worker
# whose `fetch` handler does no more than `event.respondWith(fetch(event.request))`, as most offline-first apps have.
#
# Seen: an abort of a streamed response rejects the page's read at once, but the connection to the server stays open
# for as long as the server is silent, and closes at its next byte. Without the service worker it closes within
# milliseconds; with it, in Chromium 156 and WebKitGTK 2.50 (seen by hand), too.
#
# Surprising because the handler forwards the request unchanged, with its signal, and because an abort in mid-stream
# does arrive. While a model reasons, Stop does not end its cost, in one browser only.
set -euo pipefail
firefox=${FIREFOX:-$(command -v firefox-esr || command -v firefox)} || { echo 'Firefox is needed.' >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
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

const worker = `
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname === '/worker') event.respondWith(fetch(event.request))
})
`

const page = `<!doctype html><script>
const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time))
const report = (text) => fetch('/report', { method: 'POST', body: text })
async function abort(path) {
  const controller = new AbortController()
  const { body } = await fetch(path, { method: 'POST', signal: controller.signal })
  const reader = body.getReader()
  const reading = (async () => {
    try {
      while (!(await reader.read()).done);
      return 'done'
    } catch (error) {
      return error.name
    }
  })()
  await sleep(700)
  void report('abort')
  controller.abort()
  const outcome = await reading
  await sleep(3000)
  await report(path + ' ' + outcome)
}
onload = async () => {
  await navigator.serviceWorker.register('/worker.js')
  await navigator.serviceWorker.ready
  while (!navigator.serviceWorker.controller) await sleep(20)
  for (const path of ['/direct?silent', '/worker?silent', '/worker?talking']) await abort(path)
  await report('end')
}
</script>`

const seen = {}
let abortedAt, closedAt, settle
const over = new Promise((resolve) => (settle = resolve))
const server = createServer(async (request, response) => {
  switch (request.url.split('?')[0]) {
    case '/worker.js':
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(worker)
    case '/report': {
      let text = ''
      for await (const piece of request) text += piece
      response.end()
      if (text === 'abort') return void (abortedAt = performance.now())
      if (text === 'end') return settle()
      const [path, outcome] = text.split(' ')
      const closed = closedAt ? `${Math.max(0, Math.round(closedAt - abortedAt))} ms later` : 'not within 3 s'
      return void (seen[path] = { 'read rejects with': outcome, 'connection closes': closed })
    }
    case '/direct':
    case '/worker': {
      closedAt = undefined
      response.on('close', () => (closedAt = performance.now()))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const isSilent = request.url.endsWith('silent')
      for (let token = 0; !response.destroyed && !(isSilent && token > 5); token++) {
        response.write('data: token\n\n')
        await delay(50)
      }
      return
    }
    default:
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

writeFileSync('user.js', preferences)
const args = ['--headless', '--no-remote', '--profile', process.cwd(), `http://localhost:${server.address().port}/`]
const env = { ...process.env, HOME: process.cwd() }
const browser = spawn(process.env.FIREFOX_FOUND, args, { stdio: 'ignore', detached: true, env })
process.once('exit', () => process.kill(-browser.pid, 'SIGKILL')).once('SIGTERM', () => process.exit(1))
await Promise.race([over, delay(60_000)])
console.table(seen)
const closes = Object.values(seen).map((result) => result['connection closes'].endsWith('later'))
process.exit(closes.join() === 'true,false,true' ? 0 : 1)
JS
FIREFOX_FOUND=$firefox timeout 80 node run.mjs
sleep 1
