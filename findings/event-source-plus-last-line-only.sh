#!/usr/bin/env bash
# event-source-plus 0.1.15, which reads server-sent events by POST, and an event whose data has several lines, or
# begins with a space.
#
# Seen: of several `data:` lines in one event only the last one arrives: the token "a\nb" is "b". Spaces at the start
# are removed, all of them: the token " tide" is "tide". `eventsource` 5.1.5 reads "a\nb" and " tide" from the
# same bytes.
#
# Surprising because both belong to the core of the format: lines are joined by a line feed, and at most one space
# after the colon is not part of the data. An answer streamed as plain text has its words glued together and loses the
# lines before each line break. With JSON in one line, neither is visible.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts event-source-plus@0.1.15 eventsource@5.1.5

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { EventSource } from 'eventsource'
import { EventSourcePlus } from 'event-source-plus'

const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('data: Low\n\ndata:  tide\n\ndata: a\ndata: b\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${server.address().port}/`

const plus = []
const controller = new EventSourcePlus(url, { method: 'POST' }).listen({
  onMessage: ({ data }) => plus.push(data),
})
const standard = []
const source = new EventSource(url)
source.onmessage = ({ data }) => standard.push(data)
for (let tries = 0; tries < 100 && (plus.length < 3 || standard.length < 3); tries++) await delay(50)
controller.abort()
source.close()
server.close()
server.closeAllConnections()

console.log('eventsource:      ', JSON.stringify(standard))
console.log('event-source-plus:', JSON.stringify(plus))
const asBefore =
  JSON.stringify(standard) === JSON.stringify(['Low', ' tide', 'a\nb']) &&
  JSON.stringify(plus) === JSON.stringify(['Low', 'tide', 'b'])
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
