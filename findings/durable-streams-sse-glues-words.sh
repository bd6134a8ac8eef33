#!/usr/bin/env bash
# @durable-streams/server 0.3.7 and @durable-streams/client 0.2.7, a text stream to which an answer is appended token by token,
# read live by server-sent events (`live: 'sse'`), by long polling (`live: true`), and afterwards (`live: false`).
#
# Seen: by server-sent events each token loses a space at its start: "Low", " tide" is read as "Lowtide", and code loses a
# level of indentation. A carriage return becomes a line feed. The other two modes read the text as it was appended. An
# emoji whose bytes were appended in two pieces is U+FFFD in both live modes, and whole afterwards.
#
# Surprising because a durable stream exists so that a late reader gets what a live one got, because the modes are
# interchangeable options of one call, and because server and client come from one project: the server writes "data:"
# without a space, so that the space that every reader removes is the token's own. Nothing is lost with JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts @durable-streams/server@0.3.7 \
  @durable-streams/client@0.2.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { DurableStream, stream } from '@durable-streams/client'
import { DurableStreamTestServer } from '@durable-streams/server'

const server = new DurableStreamTestServer({ host: '127.0.0.1', port: 0 })
await server.start()
const wave = new TextEncoder().encode('🌊')
const answers = {
  words: ['Low', ' tide', ' at', ' noon'],
  code: ['if low:\n', '    swim()'],
  progress: ['10 %\r', '20 %'],
  emoji: [wave.subarray(0, 2), wave.subarray(2)],
}
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function readAll(name, tokens) {
  const url = `${server.url}/${name}`
  const answer = await DurableStream.create({ url, contentType: 'text/plain' })
  const controller = new AbortController()
  const live = async (mode) => {
    const texts = []
    const response = await stream({ url, live: mode, offset: '-1', signal: controller.signal })
    response.subscribeText(async ({ text }) => void texts.push(text))
    return texts
  }
  const [events, polls] = [await live('sse'), await live(true)]
  for (const token of tokens) {
    await answer.append(token)
    await pause(150)
  }
  await pause(300)
  controller.abort()
  const afterwards = await (await stream({ url, live: false })).text()
  return [events.join(''), polls.join(''), afterwards]
}

const seen = {}
for (const [name, tokens] of Object.entries(answers)) {
  seen[name] = await readAll(name, tokens)
  const [events, polls, afterwards] = seen[name].map((text) => JSON.stringify(text))
  console.log(`${name}: sse ${events}, long polling ${polls}, afterwards ${afterwards}`)
}
const lost = '\u{FFFD}\u{FFFD}\u{FFFD}'
const asBefore =
  JSON.stringify(seen) ===
  JSON.stringify({
    words: ['Lowtideatnoon', 'Low tide at noon', 'Low tide at noon'],
    code: ['if low:\n   swim()', 'if low:\n    swim()', 'if low:\n    swim()'],
    progress: ['10 %\n20 %', '10 %\r20 %', '10 %\r20 %'],
    emoji: [lost, lost, '🌊'],
  })
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 40 node run.mjs
