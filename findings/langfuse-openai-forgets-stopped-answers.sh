#!/usr/bin/env bash
# @langfuse/openai 5.11.1, `observeOpenAI(new OpenAI())` with openai 7.59.0 and an OpenTelemetry exporter: a streamed
# answer that is read to its end, one that the reader leaves by `break`, and one that the request's signal aborts; and
# what else `create({ stream: true })` of openai returns.
#
# Seen: the answer that is left by `break` is not recorded at all: no observation, no request, no cost. The aborted one
# is recorded as finished, with no mark and no error. `asResponse()`, `withResponse()`, `toReadableStream()`,
# `controller` and `tee()` are missing: the first of these throws a TypeError while the request runs to its end, unread
# and unrecorded.
#
# Surprising because the wrapper has the type of the client it wraps, so TypeScript finds nothing wrong, and stopped
# answers are common in a chat: the costs in Langfuse stay below the provider's bill, and nothing shows by how much.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@7.59.0 \
  @langfuse/openai@5.11.1 @opentelemetry/api@1.9.0 @opentelemetry/sdk-trace-node@2.11.0

cat >run.mjs <<'JS'
import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { observeOpenAI } from '@langfuse/openai'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import OpenAI from 'openai'

const LENGTH = 30
const exporter = new InMemorySpanExporter()
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register()

let written
const server = http.createServer(async (request, response) => {
  request.resume()
  const send = (choices, more) =>
    response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices, ...more })}\n\n`)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (written = 0; written < LENGTH; ) {
    if (response.destroyed) return
    written++
    send([{ index: 0, delta: { role: 'assistant', content: 'word ' }, finish_reason: null }])
    await delay(30)
  }
  send([{ index: 0, delta: {}, finish_reason: 'stop' }])
  send([], { usage: { prompt_tokens: 5, completion_tokens: LENGTH, total_tokens: LENGTH + 5 } })
  response.end('data: [DONE]\n\n')
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const baseURL = `http://127.0.0.1:${server.address().port}`
const client = observeOpenAI(new OpenAI({ baseURL, apiKey: 'k', maxRetries: 0 }))
const params = {
  model: 'm',
  messages: [{ role: 'user', content: 'q' }],
  stream: true,
  stream_options: { include_usage: true },
}

async function recorded() {
  await delay(500)
  const spans = exporter.getFinishedSpans().map(({ attributes, status }) => {
    const words = attributes['langfuse.observation.output'].split('word ').length - 1
    const level = attributes['langfuse.observation.level'] ?? 'no level'
    const usage = attributes['langfuse.observation.usage_details'] ?? 'no usage'
    return `${words} words, ${level}, status ${status.code}, ${usage}`
  })
  exporter.reset()
  return spans.join('; ') || 'nothing'
}

const seen = {}
for await (const _ of await client.chat.completions.create(params));
seen['read to the end'] = await recorded()

let chunks = 0
for await (const _ of await client.chat.completions.create(params)) if (++chunks === 3) break
seen['left by break'] = await recorded()

const controller = new AbortController()
const { signal } = controller
chunks = 0
for await (const _ of await client.chat.completions.create(params, { signal })) if (++chunks === 3) controller.abort()
seen['aborted by its signal'] = await recorded()

try {
  await client.chat.completions.create(params).asResponse()
} catch (error) {
  await delay(LENGTH * 30 + 1000)
  seen['asResponse()'] = `${error.name}, model writes ${written} of ${LENGTH}, recorded: ${await recorded()}`
}

const request = client.chat.completions.create(params)
const stream = await request
const has = { asResponse: request, withResponse: request, toReadableStream: stream, controller: stream, tee: stream }
const missing = Object.keys(has).filter((name) => has[name][name] === undefined)
seen['missing'] = missing.join(' ')
console.log(JSON.stringify(seen, null, 2))
const asBefore =
  JSON.stringify(Object.values(seen)) ===
  JSON.stringify([
    '30 words, no level, status 0, {"input":5,"output":30,"total":35}',
    'nothing',
    '3 words, no level, status 0, no usage',
    'TypeError, model writes 30 of 30, recorded: nothing',
    'asResponse withResponse toReadableStream controller tee',
  ])
process.exit(asBefore ? 0 : 1)
JS
timeout 40 node run.mjs
