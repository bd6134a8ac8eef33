#!/usr/bin/env bash
# msw 3.0.5, `sse(url, handler)`, its handler for server-sent events, with `setupServer` on Node 24.22.3 and a client
# that reads with `fetch`, as clients of models do: an async handler that sends an event, awaits a pause, and sends the
# next.
#
# Seen: `fetch` resolves when the handler's promise does, and then all events arrive at once. If the handler starts the
# same work without awaiting it, the response begins at once and each event arrives when it is sent.
#
# Surprising because calling `client.send` between pauses is the natural way to write a stream. A test of what is shown
# while tokens arrive sees the whole answer at once, after all the pauses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' >package.json
timeout 200 npm install --silent --no-audit --no-fund --ignore-scripts msw@3.0.5 eventsource@4.1.1 "node-$(node -p 'process.platform + "-" + process.arch')@24.22.3"
cat >run.mjs <<'JS'
import { setTimeout as delay } from 'node:timers/promises'
import { EventSource } from 'eventsource'
import { sse } from 'msw'
import { setupServer } from 'msw/node'

// The package asks for it, although no client here uses it.
globalThis.EventSource ??= EventSource
async function stream({ client }) {
  for (let token = 0; token < 5; token++) {
    client.send({ data: `token ${token}` })
    await delay(200)
  }
  client.close()
}
setupServer(
  sse('http://app.test/awaited', stream),
  sse('http://app.test/started', (context) => void stream(context)),
).listen()

const seen = {}
for (const path of ['awaited', 'started']) {
  const startedAt = performance.now()
  const headers = { accept: 'text/event-stream' }
  const { body } = await fetch(`http://app.test/${path}`, { headers })
  const head = Math.round(performance.now() - startedAt)
  let pieces = 0
  for await (const _ of body) pieces++
  seen[path] = { 'ms to the response': head, pieces }
}
console.table(seen)
const { awaited, started } = seen
const asBefore =
  awaited['ms to the response'] >= 900 && awaited.pieces === 1 && started['ms to the response'] < 600 && started.pieces === 5
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node_modules/node-*/bin/node run.mjs
