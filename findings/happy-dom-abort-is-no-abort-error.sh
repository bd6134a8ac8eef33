#!/usr/bin/env bash
# happy-dom 21.0.4, `fetch` of its window, whose response is aborted in mid-stream by its own AbortController.
#
# Seen: the read rejects with an `Error` whose name is "Error" and whose message is "aborted". A connection that
# breaks rejects with the very same. Node's fetch, as every browser, rejects the first with the signal's reason, a
# DOMException named AbortError, and the second with a TypeError.
#
# Surprising because an abort before the response does reject with AbortError. Code that checks `error.name ===
# 'AbortError'` after Stop treats it as a failure in tests, and nothing else distinguishes the two.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts happy-dom@21.0.4

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Window } from 'happy-dom'

const server = createServer(async (request, response) => {
  if (request.url === '/waits') return
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let token = 0; !response.destroyed; token++) {
    response.write(`data: ${token}\n\n`)
    await delay(50)
    if (request.url === '/cut' && token === 3) response.destroy()
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`
const window = new Window({ url: origin })

async function read(host, path, abortAfter) {
  const controller = new host.AbortController()
  if (abortAfter) setTimeout(() => controller.abort(), abortAfter)
  try {
    const { body } = await host.fetch(origin + path, { signal: controller.signal })
    const reader = body.getReader()
    while (!(await reader.read()).done);
    return 'done'
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}

const seen = {}
for (const [name, host] of [['Node', globalThis], ['happy-dom', window]]) {
  seen[name] = {
    'abort before the response': await read(host, '/waits', 200),
    'abort in mid-stream': await read(host, '/stream', 200),
    'cut in mid-stream': await read(host, '/cut'),
  }
}
console.table(seen)
const { 'happy-dom': simulated, Node: node } = seen
const asDescribed =
  node['abort in mid-stream'].startsWith('AbortError') &&
  simulated['abort before the response'].startsWith('AbortError') &&
  simulated['abort in mid-stream'] === 'Error: aborted' &&
  simulated['cut in mid-stream'] === 'Error: aborted'
process.exit(asDescribed ? 0 : 1)
JS
timeout 20 env NODE_NO_WARNINGS=1 node run.mjs
