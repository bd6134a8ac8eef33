#!/usr/bin/env bash
# happy-dom 21.0.4: `reader.cancel()` on the body of a response that its fetch reads from a real server.
#
# Seen: the promise resolves, and the connection stays open: the server detects nothing in three seconds. An abort of
# the request's signal closes it within milliseconds, but then the read rejects with a plain `Error` whose name is
# "Error", and not with the signal's reason.
#
# Surprising because cancelling a body closes the connection in browsers and in Node, whose ReadableStream this
# is: `body instanceof ReadableStream` holds. A test that cancels and waits for the server hangs, and code that
# tells an abort by `error.name === 'AbortError'` takes this one for a broken network.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 60 npm install --silent --no-audit --no-fund --ignore-scripts happy-dom@21.0.4

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Window } from 'happy-dom'

let closedAt
const server = createServer((request, response) => {
  closedAt = undefined
  response.on('close', () => (closedAt = performance.now()))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('data: one\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${server.address().port}/`

/** Opens a stream, reads its first piece, ends it, and says when the server heard of it. */
async function heard(environment, end) {
  const controller = new environment.AbortController()
  const { body } = await environment.fetch(url, { signal: controller.signal })
  const reader = body.getReader()
  await reader.read()
  const next = reader.read().catch((error) => error)
  const endedAt = performance.now()
  end(reader, controller)
  const result = await Promise.race([next, delay(1000, {})])
  await delay(3000)
  return { server: closedAt ? `${Math.round(closedAt - endedAt)} ms` : 'never', read: result.name }
}

const cancel = (reader) => void reader.cancel()
const abort = (_, controller) => controller.abort()
const page = new Window({ url })
const seen = {
  'Node, cancel': await heard(globalThis, cancel),
  'Node, abort': await heard(globalThis, abort),
  'happy-dom, cancel': await heard(page, cancel),
  'happy-dom, abort': await heard(page, abort),
}
console.table(seen)
const asDescribed =
  seen['Node, cancel'].server !== 'never' &&
  seen['Node, abort'].read === 'AbortError' &&
  seen['happy-dom, cancel'].server === 'never' &&
  seen['happy-dom, abort'].server !== 'never' &&
  seen['happy-dom, abort'].read === 'Error'
process.exit(asDescribed ? 0 : 1)
JS
timeout 60 node run.mjs
