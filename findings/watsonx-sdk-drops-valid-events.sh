#!/usr/bin/env bash
# @ibm-cloud/watsonx-ai 1.7.16 (the official SDK of watsonx), `textChatStream({ returnObject: true })` on Node 20, and
# two spellings of an event stream that the standard allows.
#
# Seen: with CRLF as the line end, only the last event is delivered, and all others vanish; with no space after
# `data:`, none is. There is no error: the answer is short or empty, and ends normally. With LF and a space, all
# events arrive.
#
# Surprising because the standard allows the three line ends and makes the space optional, because frameworks on
# .NET, Python and Java send both spellings, and because the loss looks like a short answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 240 npm install --silent --no-audit --no-fund --ignore-scripts @ibm-cloud/watsonx-ai@1.7.16

cat >run.mjs <<'JS'
import { WatsonXAI } from '@ibm-cloud/watsonx-ai'
import { NoAuthAuthenticator } from 'ibm-cloud-sdk-core'
import http from 'node:http'

const wire = ['Low ', 'tide ', 'at noon']
  .map((content) => JSON.stringify({ choices: [{ index: 0, delta: { content } }] }))
  .map((json, id) => `id: ${id + 1}\nevent: message\ndata: ${json}\n\n`)
  .join('')

async function read(body) {
  const server = http.createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body)
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const service = WatsonXAI.newInstance({
    version: '2024-05-31',
    serviceUrl: `http://127.0.0.1:${server.address().port}`,
    authenticator: new NoAuthAuthenticator(),
  })
  const stream = await service.textChatStream({
    modelId: 'm',
    projectId: 'p',
    messages: [{ role: 'user', content: 'x' }],
    returnObject: true,
  })
  let text = ''
  for await (const { data } of stream) text += data.choices[0].delta.content
  server.close()
  return text
}

const seen = {
  'LF and a space': await read(wire),
  'CRLF': await read(wire.replaceAll('\n', '\r\n')),
  'no space': await read(wire.replaceAll(': ', ':')),
}
console.log(seen)
const asBefore = JSON.stringify(Object.values(seen)) === '["Low tide at noon","at noon",""]'
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
