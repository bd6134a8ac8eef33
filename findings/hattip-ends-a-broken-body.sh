#!/usr/bin/env bash
# @hattip/adapter-node 0.0.49, which runs web handlers on Node's http server, with a Response whose body fails in the middle,
# here the body of a `fetch` whose server breaks off. @universal-middleware/express 0.5.1 (with Express 5.3.0) for comparison.
#
# Seen: the client gets the final chunk, and its `fetch` resolves to half the answer; the error is printed on the
# server. This applies to the entries `.` and `./native-fetch`. The other adapter breaks the response.
#
# Surprising because the adapter has the error, as it prints it, and because an abort of the page, in the opposite
# direction, arrives in milliseconds. For the page, a partial answer in plain text or JSON lines is a complete one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts \
  @hattip/adapter-node@0.0.49 @universal-middleware/express@0.5.1 express@5.3.0

cat >run.mjs <<'JS'
import { createServer as createHttpServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createServer } from '@hattip/adapter-node'
import { createServer as createNativeServer } from '@hattip/adapter-node/native-fetch'
import { createHandler } from '@universal-middleware/express'
import express from 'express'

const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`)))

const upstream = createHttpServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let sent = 0; sent < 4; sent++) {
    response.write('data: token\n\n')
    await delay(100)
  }
  if (request.url === '/break') response.destroy()
  else response.end('data: [DONE]\n\n')
})
const from = await listen(upstream)

async function handle(request) {
  const { pathname } = new URL(request.url)
  const { body } = await fetch(from + pathname, { signal: request.signal })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

const app = express()
app.use(createHandler(() => handle)())
const hosts = {
  '@universal-middleware/express': await listen(createHttpServer(app)),
  '@hattip/adapter-node': await listen(createServer(({ request }) => handle(request))),
  '@hattip/adapter-node/native-fetch': await listen(createNativeServer(({ request }) => handle(request))),
}

console.error = () => {}
async function read(url) {
  try {
    const response = await fetch(url)
    return `${(await response.text()).split('data: ').length - 1} events, ends normally`
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}
const seen = {}
for (const [host, url] of Object.entries(hosts)) {
  seen[host] = { whole: await read(`${url}/whole`), 'the upstream breaks': await read(`${url}/break`) }
}
console.table(seen)
const [other, ...hattip] = Object.values(seen).map((row) => row['the upstream breaks'])
const isAsExpected = other === 'TypeError: terminated' && hattip.every((outcome) => /^[34] events, ends normally$/.test(outcome))
process.exit(isAsExpected ? 0 : 1)
JS
timeout 40 node run.mjs
