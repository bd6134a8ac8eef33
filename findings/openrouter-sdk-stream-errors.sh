#!/usr/bin/env bash
# @openrouter/sdk 1.3.19, chat.send({ stream: true }), and an error in the middle of a stream: a chunk with
# `error` beside a choice whose finish_reason is "error", as OpenRouter documents it.
#
# Seen: with a numeric code the loop over the chunks ends normally; the error is a field of the last chunk. With the
# code as a word ("server_error") or with metadata.provider_name and metadata.raw, the loop throws a ZodError about
# the shape of the error, and the provider's own message is not part of it.
#
# Surprising because an error of the same provider thus arrives in two ways that have nothing in common, and
# neither is an error with the provider's message: a try block sees nothing of the one and not the reason of
# the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts @openrouter/sdk@1.3.19

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { OpenRouter } from '@openrouter/sdk'

const message = 'Provider disconnected'
const errors = {
  number: { code: 502, message },
  word: { code: 'server_error', message },
  metadata: { code: 502, message, metadata: { provider_name: 'Acme', raw: 'overloaded' } },
}
const chunk = (delta, finish_reason, error) => {
  const head = { id: 'gen-1', object: 'chat.completion.chunk', created: 1, model: 'm', error }
  return `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason }] })}\n\n`
}
const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(chunk({ content: 'Half' }, null))
  response.end(chunk({ content: '' }, 'error', errors[request.url.split('/')[1]]))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const seen = {}
for (const name of Object.keys(errors)) {
  const serverURL = `http://127.0.0.1:${server.address().port}/${name}`
  const client = new OpenRouter({ apiKey: 'none', serverURL })
  const messages = [{ role: 'user', content: 'x' }]
  let last
  try {
    const stream = await client.chat.send({ chatRequest: { model: 'm', messages, stream: true } })
    for await (const event of stream) last = event
    seen[name] = { ends: 'normally', tells: last.error?.message === message }
  } catch (error) {
    seen[name] = { ends: error.name, tells: error.message.includes(message) }
  }
}
console.table(seen)
const { number, word, metadata } = seen
const hidden = [word, metadata].every(({ ends, tells }) => ends === 'ZodError' && !tells)
process.exit(number.ends === 'normally' && number.tells && hidden ? 0 : 1)
JS
timeout 30 node run.mjs
