#!/usr/bin/env bash
# undici 8.13.1 on Node 24.21.0, `interceptors.deduplicate()`: two equal GET requests for a streamed response, the second
# of them made before the response to the first has begun. The first caller aborts in mid-stream.
#
# Seen: both share one response of the server and get each token at the same time. The abort of the first caller ends
# the second one's stream too: its read rejects with "TypeError: terminated", whose cause is the first caller's
# AbortError. An abort of the second caller leaves the first alone. Without the interceptor, they are independent.
#
# Surprising because a signal belongs to one caller, and the other has aborted nothing: two users who resume the same
# answer through one proxy are one request, and the Stop button of the first one is a network error for the other.
# Which of the two it is depends on who was a few milliseconds earlier.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 240 npm install --silent --no-audit --no-fund undici@8.13.1 node@24.21.0

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, fetch, interceptors } from 'undici'

let requests = 0
const server = createServer(async (request, response) => {
  requests++
  await delay(300)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let sent = 0; sent < 10 && !response.destroyed; sent++) {
    response.write('data: token\n\n')
    await delay(100)
  }
  response.end()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${server.address().port}/answer`

async function read(dispatcher, abortAfter) {
  const controller = new AbortController()
  if (abortAfter) setTimeout(() => controller.abort(), abortAfter)
  let tokens = 0
  try {
    const { body } = await fetch(url, { dispatcher, signal: controller.signal })
    for await (const piece of body) tokens += Buffer.from(piece).toString().split('data:').length - 1
    return `${tokens} tokens, whole`
  } catch (error) {
    return `${tokens} tokens, ${error.name}: ${error.message}${error.cause ? ` (cause: ${error.cause.name})` : ''}`
  }
}

const seen = {}
async function run(name, dispatcher, firstAborts, secondAborts) {
  requests = 0
  const first = read(dispatcher, firstAborts)
  await delay(50)
  const [one, two] = await Promise.all([first, read(dispatcher, secondAborts)])
  seen[name] = { 'requests at the server': requests, 'first caller': one, 'second caller': two }
}
const plain = new Agent()
const deduplicating = new Agent().compose(interceptors.deduplicate())
await run('nobody aborts', deduplicating)
await run('the first aborts', deduplicating, 700)
await run('the second aborts', deduplicating, undefined, 700)
await run('the first aborts, no interceptor', plain, 700)
console.table(seen)
const whole = '10 tokens, whole'
const [nobody, first, second, without] = Object.values(seen)
const isAsExpected =
  nobody['requests at the server'] === 1 && nobody['second caller'] === whole &&
  first['second caller'].includes('TypeError: terminated (cause: AbortError)') &&
  second['first caller'] === whole && without['second caller'] === whole
process.exit(isAsExpected ? 0 : 1)
JS
timeout 60 node_modules/.bin/node run.mjs
