#!/usr/bin/env bash
# parse-sse 0.1.0, `parseServerSentEvents(response)`, and a stream with CRLF line ends whose bytes arrive in pieces.
#
# Seen: if a piece ends between CR and LF, the LF counts as one more line end. An event of two `data:` lines becomes
# two events, and an event with a name loses it: {"type":"delta"} arrives as a `message`. The same bytes in one piece
# are read right.
#
# Surprising because the format allows all three line ends and the package handles each of them, also CR alone;
# whether an event is whole depends on where the network cut the stream. It cannot be reproduced from a recording,
# and servers with CRLF (ASP.NET, sse-starlette) are common.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts parse-sse@0.1.0

cat >run.mjs <<'JS'
import { parseServerSentEvents } from 'parse-sse'

const wire = 'event: delta\r\ndata: a\r\ndata: b\r\n\r\n'
async function read(...pieces) {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
      controller.close()
    },
  })
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  const seen = []
  for await (const { type, data } of parseServerSentEvents(response)) seen.push([type, data])
  return JSON.stringify(seen)
}

const whole = await read(wire)
const outcomes = new Map()
for (let cut = 1; cut < wire.length; cut++) {
  const seen = await read(wire.slice(0, cut), wire.slice(cut))
  outcomes.set(seen, [...(outcomes.get(seen) ?? []), cut])
}
console.log('in one piece:', whole)
for (const [seen, cuts] of outcomes) console.log(`cut after ${cuts.join(', ')}:`, seen)

const afterData = await read(wire.slice(0, 22), wire.slice(22))
const afterName = await read(wire.slice(0, 13), wire.slice(13))
const asBefore =
  whole === '[["delta","a\\nb"]]' &&
  afterData === '[["delta","a"],["message","b"]]' &&
  afterName === '[["message","a\\nb"]]'
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
