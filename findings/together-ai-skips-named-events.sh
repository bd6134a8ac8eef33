#!/usr/bin/env bash
# together-ai 0.52.0 and groq-sdk 1.6.0, chat.completions.create({ stream: true }), and a stream whose events have names:
# `event: message` before a chunk, as gateways write it, and `event: error` before an error.
#
# Seen: together-ai skips every event that has a name. A stream of `event: message` is an empty answer, and after an
# `event: error` the loop over the chunks ends normally, with the text so far. groq-sdk reads the first and throws
# the second, with the server's message.
#
# Surprising because "message" is the name that an event without one has by the standard, because an error is what
# servers name, and because both packages come from the same generator. Nothing is thrown and nothing is logged.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts together-ai@0.52.0 groq-sdk@1.6.0

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import Groq from 'groq-sdk'
import Together from 'together-ai'

const chunk = (content, finish_reason = null) => {
  const choices = [{ index: 0, delta: { role: 'assistant', content }, finish_reason }]
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices })}\n\n`
}
const error = { error: { message: 'The model is overloaded.', type: 'server_error' } }
const streams = {
  '/named': [`event: message\n${chunk('Low ')}`, `event: message\n${chunk('tide.', 'stop')}`, 'data: [DONE]\n\n'],
  '/error': [chunk('Low '), `event: error\ndata: ${JSON.stringify(error)}\n\n`],
}
const server = createServer(async (request, response) => {
  for await (const _ of request);
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(streams[request.url.slice(0, 6)].join(''))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const request = { model: 'm', messages: [{ role: 'user', content: 'x' }], stream: true }

async function read(Client, path) {
  const baseURL = `http://127.0.0.1:${server.address().port}${path}`
  let text = ''
  try {
    const stream = await new Client({ apiKey: 'key', baseURL, maxRetries: 0 }).chat.completions.create(request)
    for await (const { choices } of stream) text += choices[0].delta.content
    return `${JSON.stringify(text)}, ends normally`
  } catch (error) {
    return `${JSON.stringify(text)}, throws ${error.message}`
  }
}
const seen = {}
for (const path of Object.keys(streams)) {
  seen[path] = { 'groq-sdk': await read(Groq, path), 'together-ai': await read(Together, path) }
}
server.close()
console.table(seen)
const asBefore =
  seen['/named']['groq-sdk'] === '"Low tide.", ends normally' &&
  seen['/named']['together-ai'] === '"", ends normally' &&
  seen['/error']['groq-sdk'].includes('The model is overloaded.') &&
  seen['/error']['together-ai'] === '"Low ", ends normally'
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
