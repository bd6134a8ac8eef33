#!/usr/bin/env bash
# @upstash/realtime 1.1.0, `<RealtimeProvider maxReconnectAttempts={2}>` with `useRealtime` in React 19.3.1 (EventSource of
# eventsource 5.1.5), and a server that answers every connection with 503.
#
# Seen: the page connects again every second, for as long as it is open (here nine requests in eight seconds). The status
# moves between `connecting` and `disconnected`, and is never `error`. The pause never grows either.
#
# Surprising because the option is there, has a default of 3, and sets `error` when it is reached: each attempt begins
# by closing the last connection, and that sets the count back to zero. A server that is down, or a user who is signed
# out, gets a request a second from every tab, and a page that waits for `error` shows "Reconnecting…" forever.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @upstash/realtime@1.1.0 \
  eventsource@5.1.5 react@19.3.1 react-dom@19.3.1 jsdom@31.0.1 zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { EventSource } from 'eventsource'
import { JSDOM } from 'jsdom'

const { window } = new JSDOM('<div id="root"></div>', { url: 'http://127.0.0.1/' })
Object.assign(globalThis, { window, document: window.document, EventSource })
const { createElement } = await import('react')
const { createRoot } = await import('react-dom/client')
const { createRealtime, RealtimeProvider } = await import('@upstash/realtime/client')

const begin = Date.now()
const requests = []
const server = createServer((_, response) => {
  requests.push(Date.now() - begin)
  response.writeHead(503).end()
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const api = { url: `http://127.0.0.1:${server.address().port}/api/realtime` }

const { useRealtime } = createRealtime()
const statuses = new Set()
function Page() {
  statuses.add(useRealtime({ channels: ['answers'], onData() {} }).status)
  return null
}
const { log } = console
console.log = () => {}
createRoot(document.getElementById('root')).render(
  createElement(RealtimeProvider, { api, maxReconnectAttempts: 2 }, createElement(Page)),
)
await new Promise((resolve) => setTimeout(resolve, 8500))
log(`requests after ${requests.join(', ')} ms, with at most 2 attempts to reconnect`)
log(`statuses: ${[...statuses].join(', ')}`)
process.exit(requests.length >= 6 && !statuses.has('error') ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 30 node run.mjs
