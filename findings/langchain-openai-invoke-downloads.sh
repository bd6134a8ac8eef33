#!/usr/bin/env bash
# @langchain/openai 1.6.0 (@langchain/core 1.4.0): new ChatOpenAI({ streaming: true }).invoke(), with any
# OpenAI-compatible server, here one on the loopback interface that sends its token usage with the stream.
#
# Seen: when the answer has arrived whole, invoke() fetches an encoding (gpt2.json, more than once) from a third host,
# tiktoken.pages.dev, and does not return before that has succeeded or failed. Its own token counts are added next to
# those of the server. Without `streaming`, or by stream(), it does not.
#
# Surprising because neither the URL nor the host is in the options, the usage was there, and the model may be
# anything: in a network that drops packets, the finished answer is delayed until the connection times out. This
# script answers the fetch itself, so that nothing leaves the machine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts \
  @langchain/openai@1.6.0 @langchain/core@1.4.0

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { ChatOpenAI } from '@langchain/openai'

const head = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
const usage = { prompt_tokens: 4, completion_tokens: 3, total_tokens: 7 }
const chunks = [
  { ...head, choices: [{ index: 0, delta: { role: 'assistant', content: 'Low tide.' }, finish_reason: null }] },
  { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  { ...head, choices: [], usage },
]
const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\n\n`)
  response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const elsewhere = []
const { fetch } = globalThis
globalThis.fetch = async (resource, init) => {
  const url = new URL(resource?.url ?? resource)
  if (url.hostname === '127.0.0.1') return fetch(resource, init)
  elsewhere.push(url.href)
  await new Promise((resolve) => setTimeout(resolve, 300))
  throw new TypeError('offline')
}
console.warn = () => {}
const configuration = { baseURL: `http://127.0.0.1:${server.address().port}` }
const options = { apiKey: 'none', model: 'm', maxRetries: 0, configuration }

for await (const chunk of await new ChatOpenAI(options).stream('x')) void chunk
const byStream = elsewhere.length
const startedAt = performance.now()
const message = await new ChatOpenAI({ ...options, streaming: true }).invoke('x')
const took = Math.round(performance.now() - startedAt)
console.log('fetched by stream():', byStream)
console.log('fetched by invoke():', elsewhere)
console.log(`invoke() took ${took} ms, of which every fetch was held for 300 ms`)
console.log('usage of the server:', message.usage_metadata)
console.log('beside it:', message.response_metadata.estimatedTokenUsage)
const isHeld = elsewhere.length > 0 && took >= 300
process.exit(byStream === 0 && isHeld && elsewhere.every((url) => url.endsWith('.json')) ? 0 : 1)
JS
timeout 30 node run.mjs
