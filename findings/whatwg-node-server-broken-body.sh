#!/usr/bin/env bash
# @whatwg-node/server 0.11.0, which runs web handlers on Node's http server (GraphQL Yoga and others are built on
# it), with a Response whose body fails in the middle, here the body of a `fetch` whose server breaks off.
#
# Seen: a line is logged ("Unexpected error while handling request: terminated"), and the client's response stays
# open. No error, no end: the page waits forever. @hono/node-server 2.1.8 and srvx 1.0.8 break the response within
# milliseconds.
#
# Surprising because the adapter knows that the body has failed, as it logs it, and because it forwards the opposite
# direction in milliseconds: a client that disconnects aborts `request.signal`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts \
  @whatwg-node/server@0.11.0 @hono/node-server@2.1.8 hono@4.13.19 srvx@1.0.8

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { createServerAdapter } from '@whatwg-node/server'
import { serve } from 'srvx/node'

const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

const provider = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let token = 0; token < 5; token++) {
    response.write(`data: ${token}\n\n`)
    await delay(50)
  }
  response.destroy()
})
const url = `http://127.0.0.1:${await listen(provider)}/`
const handler = async ({ signal }) => new Response((await fetch(url, { signal })).body)

async function read(port) {
  const startedAt = performance.now()
  let bytes = 0
  const reading = async () => {
    const { body } = await fetch(`http://127.0.0.1:${port}/`)
    for await (const piece of body) bytes += piece.length
    return 'ended'
  }
  const outcome = await Promise.race([reading().catch(() => 'broken'), delay(6000, 'still open')])
  return { outcome, bytes, 'after ms': Math.round(performance.now() - startedAt) }
}

const srvx = serve({ fetch: handler, port: 0, hostname: '127.0.0.1', silent: true })
await srvx.ready()
const seen = {
  '@whatwg-node/server': await read(await listen(createServer(createServerAdapter(handler)))),
  '@hono/node-server': await read(await listen(createServer(getRequestListener(handler)))),
  srvx: await read(new URL(srvx.url).port),
}
console.table(seen)
const [first, ...others] = Object.values(seen)
const asDescribed =
  first.outcome === 'still open' && first.bytes > 0 && others.every(({ outcome }) => outcome === 'broken')
process.exit(asDescribed ? 0 : 1)
JS
timeout 30 node run.mjs
