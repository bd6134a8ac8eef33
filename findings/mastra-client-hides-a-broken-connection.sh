#!/usr/bin/env bash
# @mastra/client-js 1.47.0, `agent.stream()` and `response.processDataStream({ onChunk })`, and a server whose connection
# breaks in the middle of the answer.
#
# Seen: the promise resolves, as after a whole answer. The error is written to the console ("Error piping to
# controller"), and neither the promise, nor `onChunk`, nor the response reports it. A stream that ends early, without
# a `finish` chunk, resolves too. An abort by the client's `abortSignal`, which ends the same read, rejects.
#
# Surprising because the method is the documented way to read an answer, and `await` around it is all that an app has, and
# because the error was caught and is known: it is logged. A page stores half an answer as a whole one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @mastra/client-js@1.47.0 zod@4.6.7 \
  "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { MastraClient } from '@mastra/client-js'

const event = (type, payload) => `data: ${JSON.stringify({ runId: 'r', from: 'AGENT', type, payload })}\n\n`
let ending
const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(event('text-delta', { id: '1', text: 'Low tide' }))
  if (ending === 'breaks') setTimeout(() => response.destroy(), 200)
  if (ending === 'ends early') setTimeout(() => response.end(), 200)
  if (ending === 'is whole') {
    response.write(event('finish', { stepResult: { reason: 'stop' }, output: { usage: {} } }))
    response.end('data: [DONE]\n\n')
  }
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const baseUrl = `http://127.0.0.1:${server.address().port}`

const logged = []
for (const level of ['error', 'warn']) console[level] = (...words) => logged.push(words.map(String).join(' '))

async function read(how) {
  ending = how
  logged.length = 0
  const chunks = []
  const controller = new AbortController()
  const client = new MastraClient({ baseUrl, retries: 0, abortSignal: controller.signal })
  let outcome = 'resolves'
  try {
    const response = await client.getAgent('a').stream('When?')
    if (how === 'is aborted') setTimeout(() => controller.abort(), 200)
    await response.processDataStream({ onChunk: async ({ type }) => void chunks.push(type) })
  } catch (error) {
    outcome = `rejects (${error.message})`
  }
  return { outcome, chunks }
}

const seen = {}
for (const how of ['is whole', 'breaks', 'ends early', 'is aborted']) {
  seen[how] = await read(how)
  const { outcome, chunks } = seen[how]
  console.log(`the stream ${how}: ${outcome}, chunks ${JSON.stringify(chunks)}`)
  if (logged.length > 0) console.log(`  console: ${logged[0].split('\n')[0].slice(0, 80)}`)
}
server.close()
server.closeAllConnections()

const asBefore =
  ['is whole', 'breaks', 'ends early'].every((how) => seen[how].outcome === 'resolves') &&
  ['breaks', 'ends early'].every((how) => seen[how].chunks.join() === 'text-delta') &&
  seen['is aborted'].outcome.startsWith('rejects')
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 40 node run.mjs
