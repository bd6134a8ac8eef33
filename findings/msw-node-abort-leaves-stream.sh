#!/usr/bin/env bash
# MSW 2.15.0 in Node (`setupServer` of msw/node), with a handler that answers with a stream, read by `fetch` with a
# signal that is aborted in mid-stream. MSW 3.0.5, seen on Node 22 and 24, is the same.
#
# Seen: nothing happens. The read continues (or waits forever if the stream is silent), nothing rejects, and the
# stream's `cancel` is not called. The same fetch of a real server, also through MSW (`passthrough()`), rejects with
# AbortError at once.
#
# Surprising because MSW in a browser cancels the stream within milliseconds, from the same handler. A test of a
# Stop button that passes there hangs in Node, or never sees its AbortError.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { http, HttpResponse, passthrough } from 'msw'
import { setupServer } from 'msw/node'

const real = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  while (!response.destroyed) {
    response.write('data: token\n\n')
    await delay(50)
  }
})
await new Promise((resolve) => real.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${real.address().port}`

let cancelled
const piece = new TextEncoder().encode('data: token\n\n')
const respond = (source) => () =>
  new HttpResponse(new ReadableStream({ ...source, cancel: () => void (cancelled = true) }))
const mock = setupServer(
  http.get(`${origin}/passed`, () => passthrough()),
  http.get(`${origin}/mocked`, respond({ pull: (stream) => delay(50).then(() => stream.enqueue(piece)) })),
  http.get(`${origin}/silent`, respond({ start: (stream) => stream.enqueue(piece) })),
)

async function abortInMidStream(path) {
  cancelled = false
  const controller = new AbortController()
  const { body } = await fetch(origin + path, { signal: controller.signal })
  const reader = body.getReader()
  let afterAbort = 0
  const reading = (async () => {
    try {
      while (!(await reader.read()).done) if (controller.signal.aborted) afterAbort++
      return 'done'
    } catch (error) {
      return error.name
    }
  })()
  await delay(300)
  controller.abort()
  const outcome = await Promise.race([reading, delay(3000, 'still open after 3 s')])
  return { outcome, 'pieces after the abort': afterAbort, cancelled }
}

const seen = { 'real server': await abortInMidStream('/') }
mock.listen({ onUnhandledRequest: 'bypass' })
for (const path of ['/passed', '/mocked', '/silent']) seen[`MSW ${path}`] = await abortInMidStream(path)
console.table(seen)
const outcomes = Object.values(seen).map(({ outcome }) => outcome)
const neverCancelled = !seen['MSW /mocked'].cancelled && !seen['MSW /silent'].cancelled
const open = 'still open after 3 s'
process.exit(outcomes.join() === ['AbortError', 'AbortError', open, open].join() && neverCancelled ? 0 : 1)
JS
timeout 60 npm install --silent --no-audit --no-fund --ignore-scripts msw@2.15.0
timeout 20 env NODE_NO_WARNINGS=1 node run.mjs
