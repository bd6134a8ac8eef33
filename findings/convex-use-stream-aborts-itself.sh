#!/usr/bin/env bash
# @convex-dev/persistent-text-streaming 0.3.3, `useStream` in React 19.3.1: a component that drives the stream of an answer, in
# `<StrictMode>`, and with the option `headers` as an object that is written in the call, in any mode.
#
# Seen: in both, the hook aborts its own request and never sends another: the status stays `pending`, without text,
# without an error and without a message in the console. Without `<StrictMode>`, and with a `headers` object that is
# the same in each render, the same component shows the whole answer.
#
# Surprising because the guard that stops the second request is there for Strict Mode, by its comment: the cleanup aborts the
# first request, and the guard, which still remembers the stream, forbids the second. New headers pass through the same
# two lines. One looks like a server that hangs in development only, the other like one that hangs always.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps convex@1.49.0 react@19.3.1 react-dom@19.3.1 \
  jsdom@31.0.1 @convex-dev/persistent-text-streaming@0.3.3 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { JSDOM } from 'jsdom'

const { window } = new JSDOM('<div id="root"></div>', { url: 'http://127.0.0.1/' })
Object.assign(globalThis, { window, document: window.document })
const { createElement, StrictMode } = await import('react')
const { createRoot } = await import('react-dom/client')
const { ConvexProvider, ConvexReactClient } = await import('convex/react')
const { useStream } = await import('@convex-dev/persistent-text-streaming/react')

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
let ends = []
const server = createServer(async (request, response) => {
  response.on('close', () => ends.push(response.writableEnded ? 'whole' : 'aborted'))
  response.writeHead(200, { 'content-type': 'text/plain' })
  for (const word of ['Low', ' tide', ' at', ' noon']) {
    response.write(word)
    await pause(100)
  }
  response.end()
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const url = new URL(`http://127.0.0.1:${server.address().port}/stream`)

// The database is not asked while a component drives its stream.
class NoSocket {
  close() {}
  send() {}
}
const client = new ConvexReactClient('https://example.convex.cloud', {
  webSocketConstructor: NoSocket,
  unsavedChangesWarning: false,
  logger: false,
})

let streams = 0
async function show(isStrict, optionsOf) {
  ends = []
  const streamId = `stream ${++streams}`
  let state
  function Answer() {
    state = useStream('messages:body', url, true, streamId, optionsOf())
    return state.text
  }
  const page = createElement(ConvexProvider, { client }, createElement(Answer))
  const root = createRoot(document.getElementById('root'))
  root.render(isStrict ? createElement(StrictMode, null, page) : page)
  await pause(2000)
  root.unmount()
  return `${state.status} ${JSON.stringify(state.text)}`
}

const same = { headers: { 'x-tenant': 'a' } }
const seen = {
  'without Strict Mode': await show(false, () => undefined),
  'in Strict Mode': await show(true, () => undefined),
  'the same headers in each render': await show(false, () => same),
  'headers written in the call': await show(false, () => ({ headers: { 'x-tenant': 'a' } })),
}
for (const [name, state] of Object.entries(seen)) console.log(`${name}: ${state}`)

const whole = 'done "Low tide at noon"'
const asBefore = JSON.stringify(Object.values(seen)) === JSON.stringify([whole, 'pending ""', whole, 'pending ""'])
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 40 node run.mjs
