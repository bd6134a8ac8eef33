#!/usr/bin/env bash
# @aws-sdk/client-bedrock-runtime 3.1164.0, ConverseStream, with its default request handler (HTTP/2) and with
# that of HTTP/1.1, against a server that speaks the event stream format. Node 20, 22 and 24.
#
# Seen over HTTP/2: if the connection closes in mid-stream, `for await (const event of response.stream)` ends as if
# the answer were finished, without a `messageStop`. An abort through `abortSignal` ends it in the same way: nothing
# rejects, and there is no AbortError. Over HTTP/1.1 both reject with "aborted".
#
# Surprising because the SDK's other clients default to HTTP/1.1, whose behaviour is well known, and because the
# format itself detects a cut inside a frame ("Truncated event message received"). The cause is Node's: reading a
# stream of `http2.connect` ends normally when the peer closes the connection without END_STREAM. A server that turns
# this stream into another must look for `messageStop`, or it confirms half an answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts @aws-sdk/client-bedrock-runtime@3.1164.0 \
  @smithy/node-http-handler@4 @smithy/eventstream-codec@4 @smithy/util-utf8@4

cat >run.mjs <<'JS'
import { createServer as createHttp1 } from 'node:http'
import { createServer as createHttp2 } from 'node:http2'
import { setTimeout as delay } from 'node:timers/promises'
import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { fromUtf8, toUtf8 } from '@smithy/util-utf8'

const codec = new EventStreamCodec(toUtf8, fromUtf8)
const header = (value) => ({ type: 'string', value })
const frame = (type, body) =>
  codec.encode({
    headers: {
      ':message-type': header('event'),
      ':event-type': header(type),
      ':content-type': header('application/json'),
    },
    body: fromUtf8(JSON.stringify(body)),
  })

let scenario
const sockets = new Set()

async function answer(response) {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
  response.write(frame('messageStart', { role: 'assistant' }))
  for (let index = 0; index < 3; index++) {
    response.write(frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: `word ${index}` } }))
    await delay(50)
  }
  if (scenario === 'connection closed') for (const socket of sockets) socket.destroy()
  else if (scenario === 'whole') response.end(frame('messageStop', { stopReason: 'end_turn' }))
}

const seen = []
for (const [protocol, create] of [['HTTP/2', createHttp2], ['HTTP/1.1', createHttp1]]) {
  const server = create((request, response) => {
    for (const stream of [request, response]) stream.on('error', () => {})
    request.resume()
    void answer(response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
  })
  server.on('session', (session) => session.on('error', () => {}))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${server.address().port}`,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
    ...(protocol === 'HTTP/1.1' ? { requestHandler: new NodeHttpHandler() } : {}),
  })
  for (scenario of ['whole', 'connection closed', 'abort']) {
    const events = []
    let outcome = 'ends'
    try {
      const command = new ConverseStreamCommand({
        modelId: 'model',
        messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
      })
      const abortSignal = scenario === 'abort' ? AbortSignal.timeout(400) : undefined
      const { stream } = await client.send(command, { abortSignal })
      for await (const event of stream) events.push(Object.keys(event)[0])
    } catch (error) {
      outcome = `rejects: ${error.name} ${error.message}`
    }
    seen.push({ protocol, scenario, outcome, 'last event': events.at(-1) })
  }
}
console.table(seen)
const outcomes = seen.map(({ outcome }) => outcome.slice(0, 4)).join()
process.exit(outcomes === 'ends,ends,ends,ends,reje,reje' && seen[0]['last event'] === 'messageStop' ? 0 : 1)
JS
timeout 20 env NODE_NO_WARNINGS=1 node run.mjs
