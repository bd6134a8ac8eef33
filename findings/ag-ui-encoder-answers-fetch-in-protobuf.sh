#!/usr/bin/env bash
# @ag-ui/encoder 1.0.0, `new EventEncoder({ accept: request.headers.accept })`, the documented way to write AG-UI events
# in the format that the client accepts, and clients that do not ask for one.
#
# Seen: `Accept: */*`, which `fetch`, curl and axios send by default, is answered with protobuf
# (application/vnd.ag-ui.event+proto). So is a header that prefers event streams and takes protobuf with a q of 0.1.
# A request without the header, and one with `text/event-stream` alone, get an event stream.
#
# Surprising because server-sent events are the protocol's usual transport, because HTTP gives `*/*` the same meaning as
# no header at all, and because the encoder carries a whole negotiator for q values. The client that the project ships
# names its format, so its server looks right until someone reads it with plain `fetch`: the body is binary.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts @ag-ui/encoder@1.0.0 @ag-ui/core@1.0.0

cat >run.mjs <<'JS'
import { createServer, get } from 'node:http'
import { EventType } from '@ag-ui/core'
import { EventEncoder } from '@ag-ui/encoder'

const server = createServer((request, response) => {
  const encoder = new EventEncoder({ accept: request.headers.accept })
  response.writeHead(200, { 'content-type': encoder.getContentType() })
  response.end(
    encoder.encodeBinary({ type: EventType.TEXT_MESSAGE_CONTENT, messageId: 'm', delta: 'Low tide' }),
  )
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const url = `http://127.0.0.1:${server.address().port}`

const typeFor = async (accept) =>
  (await fetch(url, accept ? { headers: { accept } } : {})).headers.get('content-type')
const withoutHeader = await new Promise((resolve) =>
  get(url, (response) => {
    response.resume()
    resolve(response.headers['content-type'])
  }),
)
const seen = {
  'fetch without options': await typeFor(),
  'axios (application/json, text/plain, */*)': await typeFor('application/json, text/plain, */*'),
  'text/event-stream, application/vnd.ag-ui.event+proto;q=0.1': await typeFor(
    'text/event-stream, application/vnd.ag-ui.event+proto;q=0.1',
  ),
  'no Accept header': withoutHeader,
  'text/event-stream': await typeFor('text/event-stream'),
}
for (const [request, type] of Object.entries(seen)) console.log(`${request}: ${type}`)
console.log('what fetch reads:', JSON.stringify(await (await fetch(url)).text()))
server.close()
server.closeAllConnections()

const proto = 'application/vnd.ag-ui.event+proto'
const events = 'text/event-stream'
const asBefore = JSON.stringify(Object.values(seen)) === JSON.stringify([proto, proto, proto, events, events])
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
