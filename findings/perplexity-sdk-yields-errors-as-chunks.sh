#!/usr/bin/env bash
# @perplexity-ai/perplexity_ai 0.38.5 and groq-sdk 1.6.0, chat.completions.create({ stream: true }), and an error in the
# middle of the stream: `data: {"error": …}`, as OpenAI-compatible servers and gateways send it.
#
# Seen: groq-sdk throws an APIError with the server's message. Perplexity's SDK hands the object out as if it were a
# chunk, and the loop over the chunks ends normally. Only an event that is named `error` is thrown there.
#
# Surprising because both are made by the same generator and share the code of their streams but for this case, as
# does the openai package, whose types the chunks have. The usual loop (`chunk.choices[0]?.delta`) throws a TypeError
# of its own, or with one more `?.` takes half an answer for a whole one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts @perplexity-ai/perplexity_ai@0.38.5 \
  groq-sdk@1.6.0

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import Groq from 'groq-sdk'
import Perplexity from '@perplexity-ai/perplexity_ai'

const choices = [{ index: 0, delta: { role: 'assistant', content: 'Low ' }, finish_reason: null }]
const wire = [
  { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices },
  { error: { message: 'The model is overloaded.', type: 'server_error', code: 503 } },
]
const server = createServer(async (request, response) => {
  for await (const _ of request);
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(wire.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const options = { apiKey: 'key', baseURL: `http://127.0.0.1:${server.address().port}`, maxRetries: 0 }
const request = { model: 'm', messages: [{ role: 'user', content: 'x' }], stream: true }

async function read(client) {
  let text = ''
  let chunks = 0
  try {
    for await (const chunk of await client.chat.completions.create(request)) {
      chunks++
      text += chunk.choices?.[0]?.delta?.content ?? ''
    }
    return { text, chunks, outcome: 'ends normally' }
  } catch (error) {
    return { text, chunks, outcome: `throws ${error.constructor.name}: ${error.message}` }
  }
}
const groq = await read(new Groq(options))
const perplexity = await read(new Perplexity(options))
server.close()
console.log('groq-sdk:', groq)
console.log('@perplexity-ai/perplexity_ai:', perplexity)
const asBefore =
  groq.outcome.includes('The model is overloaded.') &&
  perplexity.outcome === 'ends normally' &&
  perplexity.chunks === 2
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
