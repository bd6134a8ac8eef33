#!/usr/bin/env bash
# @json-render/react 0.21.0, `useUIStream` in React 19.3.1: a second prompt is sent while the answer to the first one streams,
# and, apart from that, a stream that ends in the middle.
#
# Seen: the second `send` aborts the first request, and the end of the first one sets `isStreaming` to false: it stays false
# for as long as the second answer streams. A stream that ends early, in the middle of a line, calls `onComplete` with the
# half interface, as a whole one does.
#
# Surprising because the hook aborts the first request itself, as a page expects, so that everything else belongs to the
# second. A page that hides a spinner, shows "Send" again or validates the interface by `isStreaming` does so at the first
# element, and nothing looks wrong with a single prompt.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @json-render/react@0.21.0 \
  @json-render/core@0.21.0 react@19.3.1 react-dom@19.3.1 jsdom@31.0.1 zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { JSDOM } from 'jsdom'

const { window } = new JSDOM('<div id="root"></div>', { url: 'http://127.0.0.1/' })
Object.assign(globalThis, { window, document: window.document })
const { createElement } = await import('react')
const { createRoot } = await import('react-dom/client')
const { useUIStream } = await import('@json-render/react')

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const line = (name) =>
  `${JSON.stringify({ op: 'add', path: `/elements/${name}`, value: { type: 'Text', props: {}, children: [] } })}\n`
const server = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  const { prompt } = JSON.parse(body)
  response.writeHead(200, { 'content-type': 'text/plain' })
  for (let index = 0; index < 8; index++) {
    if (prompt === 'cut' && index === 2) return response.end(line('half').slice(0, 30))
    response.write(line(`${prompt}${index}`))
    await pause(100)
  }
  response.end()
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))

let ui
const completed = []
function Page() {
  ui = useUIStream({
    api: `http://127.0.0.1:${server.address().port}/`,
    onComplete: ({ elements }) => completed.push(Object.keys(elements).length),
    onError: (error) => completed.push(error.message),
  })
  return null
}
createRoot(document.getElementById('root')).render(createElement(Page))
await pause(100)

const elements = () => Object.keys(ui.spec.elements).length
ui.send('first')
await pause(250)
console.log(`first prompt:  isStreaming ${ui.isStreaming}, elements ${elements()}`)
const during = ui.isStreaming
ui.send('second')
const states = []
for (let index = 0; index < 3; index++) {
  await pause(150)
  states.push(ui.isStreaming)
  console.log(`second prompt: isStreaming ${ui.isStreaming}, elements ${elements()}`)
}
const early = elements()
await pause(900)
console.log(`at the end:    isStreaming ${ui.isStreaming}, elements ${elements()}`)
const late = elements()
completed.length = 0
await ui.send('cut')
await pause(50)
console.log(`a stream that is cut: onComplete with ${completed.join()} elements, error ${ui.error}`)

const asBefore =
  during && states.every((state) => !state) && early < late && completed.join() === '2' && ui.error === null
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 40 node run.mjs
