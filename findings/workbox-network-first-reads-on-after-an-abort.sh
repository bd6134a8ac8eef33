#!/usr/bin/env bash
# workbox-strategies 7.4.1 in Chromium 156 (CHROMIUM_PATH names another executable): a service worker that answers GET
# requests with `NetworkFirst`, the usual recipe for an API of an offline-ready app, and a streamed response. The page
# aborts it in mid-stream. playwright-core 1.65.1.
#
# Seen: the page's read rejects at once, but the connection to the server stays open, in a silence and while tokens
# arrive: the service worker reads on for its cache. Closing the tab changes nothing. When the stream is whole, it is
# in the cache, and the same request is answered with it while the server is unreachable. `NetworkOnly` closes the
# connection.
#
# Surprising because the strategy passes the response through token by token, so that the stream looks untouched, and
# because the abort works for the page. A Stop button, and a closed tab, no longer stop the model.
set -euo pipefail
chromium=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts \
  playwright-core@1.65.1 workbox-strategies@7.4.1 rollup@4.68.8 @rollup/plugin-node-resolve@16.0.3 @rollup/plugin-replace@6.0.3

cat >worker.mjs <<'JS'
import { NetworkFirst, NetworkOnly } from 'workbox-strategies'

const strategies = { '/first': new NetworkFirst(), '/only': new NetworkOnly() }
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  const strategy = strategies[new URL(event.request.url).pathname]
  if (strategy) event.respondWith(strategy.handle(event))
})
JS
cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import { chromium } from 'playwright-core'
import { rollup } from 'rollup'

const mode = replace({ preventAssignment: true, 'process.env.NODE_ENV': '"production"' })
const bundle = await rollup({ input: 'worker.mjs', plugins: [nodeResolve(), mode] })
const { output } = await bundle.generate({ format: 'iife' })

let closedAt
let isAway = false
const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname === '/worker.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' })
    return response.end(output[0].code)
  }
  if (!['/first', '/only'].includes(url.pathname)) {
    response.writeHead(200, { 'content-type': 'text/html' })
    return response.end('<!doctype html><title>page</title>')
  }
  if (isAway) return request.socket.destroy()
  closedAt = undefined
  response.on('close', () => (closedAt = performance.now()))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('data: 0\n\n')
  while (url.searchParams.has('tokens') && !response.destroyed) {
    await delay(100)
    response.write('data: 1\n\n')
  }
  if (url.searchParams.has('whole')) response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}/`

const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const context = await browser.newContext()
let page = await context.newPage()
await page.goto(origin)
await page.evaluate(async () => {
  await navigator.serviceWorker.register('/worker.js')
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))
  }
})

async function run(url, how) {
  const rejected = await page.evaluate(
    async ({ url, aborts }) => {
      const controller = new AbortController()
      const { body } = await fetch(url, { signal: controller.signal })
      window.reader = body.getReader()
      await window.reader.read()
      await new Promise((resolve) => setTimeout(resolve, 300))
      if (!aborts) return ''
      controller.abort()
      return window.reader.closed.catch((error) => `${error.name} in the page, `)
    },
    { url, aborts: how === 'abort' },
  )
  const endedAt = performance.now()
  if (how === 'close') {
    const other = await context.newPage()
    await other.goto(origin)
    await page.close()
    page = other
  }
  await delay(3000)
  return `${rejected}${closedAt === undefined ? 'open after 3 s' : `closed after ${Math.max(0, Math.round(closedAt - endedAt))} ms`}`
}

const seen = {}
for (const [strategy, path] of [['NetworkOnly', '/only'], ['NetworkFirst', '/first']]) {
  seen[strategy] = {
    'abort while tokens arrive': await run(`${path}?tokens&1`, 'abort'),
    'abort in a silence': await run(`${path}?2`, 'abort'),
    'tab closed': await run(`${path}?tokens&3`, 'close'),
  }
}
const readWhole = () => page.evaluate(async () => (await fetch('/first?whole')).text())
await readWhole()
await delay(500)
isAway = true
seen.NetworkFirst['whole, and again while the server is away'] = (await readWhole()).replace(/\s+/g, ' ').trim()
console.log(seen)
await browser.close()
const open = Object.values(seen).map((row) => Object.values(row).filter((what) => what.includes('open')).length)
const replayed = Object.values(seen.NetworkFirst).at(-1).includes('[DONE]')
process.exit(open.join() === '0,3' && replayed ? 0 : 1)
JS
CHROMIUM_FOUND=$chromium timeout 80 node run.mjs
