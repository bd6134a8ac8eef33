#!/usr/bin/env bash
# mockttp 4.6.5 (the proxy of HTTP Toolkit, and a mock server for tests), `thenForwardTo` in front of a server
# whose connection breaks in the middle of a streamed response.
#
# Seen: the response ends normally, with the words "Error: aborted" behind the last byte of the server. Its status
# is 200, the last chunk is sent, and `fetch` resolves to the text with these words in it. Without the proxy the
# same fetch fails.
#
# Surprising because words that no server sent are in the body, and the cut can no longer be told from an end: a test
# for a cut answer receives a complete one, and a client that reads plain text shows the words to its user.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts mockttp@4.6.5

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { getLocal } from 'mockttp'

const provider = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' })
  for (const word of ['Low ', 'tide ', 'is ']) {
    response.write(word)
    await delay(50)
  }
  response.destroy()
})
await new Promise((resolve) => provider.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${provider.address().port}`

const proxy = getLocal()
await proxy.start()
await proxy.forAnyRequest().thenForwardTo(url)

async function read(from) {
  let text = ''
  try {
    const response = await fetch(from)
    for await (const piece of response.body) text += Buffer.from(piece)
    return { outcome: 'ended', text }
  } catch {
    return { outcome: 'broken', text }
  }
}

const seen = { 'no proxy': await read(url), mockttp: await read(proxy.url) }
console.table(seen)
const asDescribed =
  seen['no proxy'].outcome === 'broken' &&
  seen.mockttp.outcome === 'ended' &&
  seen.mockttp.text === 'Low tide is Error: aborted'
process.exit(asDescribed ? 0 : 1)
JS
timeout 30 node run.mjs
