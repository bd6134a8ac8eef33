#!/usr/bin/env bash
# Chromium 156 (CHROMIUM_PATH names another executable): the body of a response is handed to a worker as a transferable
# stream, the worker reads it, and the page ends the worker with `terminate()`. playwright-core 1.65.1.
#
# Seen: the connection stays open, in mid-stream and in a silence, for as long as the server sends (here 4 s): the
# server detects nothing. A worker that cancels the stream closes the connection within milliseconds, an abort in the
# page does, and so does `terminate()` where the worker has made the request itself.
#
# Surprising because nothing is left that could read or cancel the stream: the page has transferred it, and the worker
# no longer exists. If an answer is parsed in such a worker, a Stop button that ends the worker only hides the answer,
# while the model continues.
set -euo pipefail
chromium=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.65.1

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from 'playwright-core'

const worker = `
  async function read(body, cancels) {
    const reader = body.getReader()
    for (let pieces = 1; !(await reader.read()).done; pieces++) {
      postMessage(pieces)
      if (cancels) return reader.cancel()
    }
  }
  onmessage = async ({ data: { url, body, cancels } }) => read(body ?? (await fetch(url)).body, cancels)`

let closedAt
const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname !== '/stream') {
    const type = url.pathname === '/worker.js' ? 'text/javascript' : 'text/html'
    response.writeHead(200, { 'content-type': type })
    return response.end(type === 'text/html' ? '<!doctype html><title>page</title>' : worker)
  }
  closedAt = undefined
  response.on('close', () => (closedAt = performance.now()))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('data: 0\n\n')
  while (url.searchParams.has('tokens') && !response.destroyed) {
    await delay(100)
    response.write('data: 1\n\n')
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const page = await browser.newPage()
await page.goto(`http://127.0.0.1:${server.address().port}/`)

async function run(url, how) {
  await page.evaluate(
    async ({ url, how }) => {
      const controller = new AbortController()
      const worker = new Worker('/worker.js')
      const first = new Promise((resolve) => (worker.onmessage = resolve))
      if (how === 'terminate, its own request') worker.postMessage({ url })
      else {
        const { body } = await fetch(url, { signal: controller.signal })
        worker.postMessage({ body, cancels: how === 'cancel in the worker' }, [body])
      }
      await first
      await new Promise((resolve) => setTimeout(resolve, 300))
      if (how.startsWith('terminate')) worker.terminate()
      if (how === 'abort in the page') controller.abort()
    },
    { url, how },
  )
  const endedAt = performance.now()
  await delay(4000)
  return closedAt === undefined ? 'open after 4 s' : `closed after ${Math.max(0, Math.round(closedAt - endedAt))} ms`
}

const seen = {}
for (const how of ['cancel in the worker', 'abort in the page', 'terminate, its own request', 'terminate']) {
  seen[how] = { 'tokens arrive': await run('/stream?tokens', how), 'in a silence': await run('/stream', how) }
}
console.table(seen)
await browser.close()
const open = Object.values(seen).map((row) => Object.values(row).filter((what) => what.startsWith('open')).length)
process.exit(open.join() === '0,0,0,2' ? 0 : 1)
JS
CHROMIUM_FOUND=$chromium timeout 80 node run.mjs
