#!/usr/bin/env bash
# axios 1.21.1, the option `timeout` on a streamed response (`responseType: 'stream'`), with the adapter for Node
# (http) and with the fetch adapter, which streaming in a browser needs.
#
# Seen: with the http adapter the timeout ends when the headers arrive; the stream may take any time. With the fetch
# adapter it bounds the whole stream: the read rejects with "timeout of 1000ms exceeded" in mid-answer, while data
# arrives every 200 ms.
#
# Surprising because it is the same option of the same call, and the documentation has one sentence for both. A
# timeout that was chosen against silent servers, and works in Node, cuts every long answer when the code moves to
# the fetch adapter: to a browser, a worker, or an edge runtime.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 60 npm install --silent --no-audit --no-fund --ignore-scripts axios@1.21.1

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import axios from 'axios'

const server = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let event = 0; event < 12 && !response.destroyed; event++) {
    response.write(`data: ${event}\n\n`)
    await delay(200)
  }
  response.end()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${server.address().port}`

const seen = {}
for (const adapter of ['http', 'fetch']) {
  const started = performance.now()
  let text = ''
  let outcome = 'ends normally'
  try {
    const options = { adapter, responseType: 'stream', timeout: 1000 }
    const { data } = await axios.post(url, {}, options)
    for await (const chunk of data) text += Buffer.from(chunk)
  } catch (error) {
    outcome = `rejects: ${error.message}`
  }
  const ms = Math.round(performance.now() - started)
  seen[adapter] = { events: text.split('data:').length - 1, outcome, ms }
}
server.close()
server.closeAllConnections()
console.table(seen)
const asBefore =
  seen.http.events === 12 &&
  seen.http.outcome === 'ends normally' &&
  seen.fetch.events < 12 &&
  seen.fetch.outcome === 'rejects: timeout of 1000ms exceeded'
process.exit(asBefore ? 0 : 1)
JS
timeout 40 node run.mjs
