#!/usr/bin/env bash
# @azure/core-sse 2.3.0 (the event streams of @azure-rest/ai-inference), `createSseStream(stream)`, and a heartbeat
# that has a name and no data: `event: ping`, then a blank line.
#
# Seen: the heartbeat is not delivered, but its name stays: the next event, which has no name of its own, is
# delivered as a `ping` too. An app that skips pings loses a piece of the answer after every heartbeat.
#
# Surprising because the standard resets the event type at each blank line, even if there is no data to dispatch, and
# because data, ids, comments and cuts are all read according to the standard.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts @azure/core-sse@2.3.0 \
  eventsource-parser@4.1.3

cat >run.mjs <<'JS'
import { createSseStream } from '@azure/core-sse'
import { createParser } from 'eventsource-parser'

const wire = 'data: Low\n\nevent: ping\n\ndata: tide\n\ndata: at noon\n\n'

const standard = []
const parser = createParser({
  onEvent: ({ event = 'message', data }) => standard.push(`${event}: ${data}`),
})
parser.feed(wire)
const seen = []
for await (const { event, data } of createSseStream(new Response(wire).body)) {
  seen.push(`${event || 'message'}: ${data}`)
}

console.log('eventsource-parser:', JSON.stringify(standard))
console.log('@azure/core-sse:   ', JSON.stringify(seen))
const asBefore =
  JSON.stringify(standard) ===
    JSON.stringify(['message: Low', 'message: tide', 'message: at noon']) &&
  JSON.stringify(seen) === JSON.stringify(['message: Low', 'ping: tide', 'message: at noon'])
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
