#!/usr/bin/env bash
# Vite 8.4.0, `server.proxy`, in front of a server whose connection breaks in the middle of a streamed response.
#
# Seen: the browser's side of the response stays open. No error, no end and no log line: the page waits forever.
# `http-proxy-middleware` 4.2.2, and the same server without a proxy, break the response within milliseconds.
#
# Surprising because the proxy forwards the opposite direction (an abort in the page) in milliseconds, and because a
# proxy that has lost its upstream has nothing to wait for. In development it looks as if the model hung whenever the
# API server crashes or restarts in mid-answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts vite@8.4.0 http-proxy-middleware@4.2.2

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createProxyMiddleware } from 'http-proxy-middleware'
import { createServer as createVite } from 'vite'

const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

const upstream = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let token = 0; token < 3; token++) {
    response.write(`data: ${token}\n\n`)
    await delay(50)
  }
  response.destroy()
})
const target = `http://127.0.0.1:${await listen(upstream)}`

const middleware = createProxyMiddleware({ target })
const other = createServer((request, response) => middleware(request, response))

const vite = await createVite({
  configFile: false,
  appType: 'custom',
  server: { host: '127.0.0.1', port: 0, ws: false, hmr: false, proxy: { '/': target } },
})
await vite.listen()

async function read(port) {
  const startedAt = performance.now()
  let bytes = 0
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), 8000)
  let outcome
  try {
    const { body } = await fetch(`http://127.0.0.1:${port}/stream`, { signal: controller.signal })
    for await (const piece of body) bytes += piece.length
    outcome = 'ended'
  } catch (error) {
    outcome = error.name === 'AbortError' ? 'still open' : `${error.name}: ${error.message}`
  }
  clearTimeout(timer)
  return { outcome, bytes, 'after ms': Math.round(performance.now() - startedAt) }
}

const seen = {
  'no proxy': await read(new URL(target).port),
  'http-proxy-middleware': await read(await listen(other)),
  'Vite server.proxy': await read(vite.httpServer.address().port),
}
console.table(seen)
const asDescribed =
  seen['no proxy'].outcome.startsWith('TypeError') &&
  seen['http-proxy-middleware'].outcome.startsWith('TypeError') &&
  seen['Vite server.proxy'].outcome === 'still open'
process.exit(asDescribed ? 0 : 1)
JS
timeout 40 node run.mjs
