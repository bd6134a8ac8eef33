#!/usr/bin/env bash
# @aws-sdk/client-bedrock-runtime 3.1164.0, ConverseStream, and an exception of the service in the middle of
# the stream (throttlingException).
#
# Seen: the iterator throws a ThrottlingException whose $metadata is undefined, although its type declares that
# $metadata always exists. The members of the union of events with the names of the exceptions
# (event.throttlingException) never appear.
#
# Surprising because the same exception before the stream has $metadata and its status: code that reads
# error.$metadata.httpStatusCode throws a TypeError in the middle of an answer, and the reason is lost. Code that
# looks at event.throttlingException, which the types offer, never runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts \
  @aws-sdk/client-bedrock-runtime@3.1164.0 @smithy/eventstream-codec@4 @smithy/node-http-handler@4 \
  @smithy/util-utf8@4

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { fromUtf8, toUtf8 } from '@smithy/util-utf8'

const codec = new EventStreamCodec(toUtf8, fromUtf8)
const frame = (type, name, body) => {
  const headers = { ':message-type': type, [`:${type}-type`]: name, ':content-type': 'application/json' }
  const typed = Object.entries(headers).map(([key, value]) => [key, { type: 'string', value }])
  return codec.encode({ headers: Object.fromEntries(typed), body: fromUtf8(JSON.stringify(body)) })
}
let atOnce = true
const server = createServer((request, response) => {
  request.resume()
  if (atOnce) {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'ThrottlingException' }
    response.writeHead(429, headers).end('{"message":"Slow down."}')
    return
  }
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
  response.write(frame('event', 'messageStart', { role: 'assistant' }))
  response.write(frame('event', 'contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Half' } }))
  response.end(frame('exception', 'throttlingException', { message: 'Slow down.' }))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const client = new BedrockRuntimeClient({
  region: 'us-east-1',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler(),
})
const ask = async () => {
  const events = []
  try {
    const messages = [{ role: 'user', content: [{ text: 'x' }] }]
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: 'm', messages }))
    for await (const event of stream) events.push(...Object.keys(event))
  } catch (error) {
    const { name, message, $metadata, $fault } = error
    return { events, name, message, status: $metadata?.httpStatusCode, $metadata: typeof $metadata, $fault }
  }
  return { events }
}
const before = await ask()
atOnce = false
const within = await ask()
console.log('before the stream:', before)
console.log('within the stream:', within)
const isSame = before.name === within.name && before.message === within.message
const isBare = before.status === 429 && within.$metadata === 'undefined'
process.exit(isSame && isBare && !within.events.includes('throttlingException') ? 0 : 1)
JS
timeout 30 node run.mjs 2>/dev/null
