#!/usr/bin/env bash
# @anthropic-ai/sdk 1.14.0, `messages.create({ stream: true })`, and a compatible endpoint that writes the events' data without
# their `event:` lines. @ai-sdk/anthropic 4.0.105 with ai 7.0.173 reads the same bytes.
#
# Seen: every event is skipped. The loop ends normally, without a single event, and without an error, also if the stream
# consists of an error: {"type":"error","error":{"type":"overloaded_error",…}}. `messages.stream()` rejects for both with
# "request ended without sending any chunks". @ai-sdk/anthropic reads the answer and throws the error.
#
# Surprising because the data of each event names its type too, and is what the SDK hands out and its types describe, and
# because the plain loop and the helper of one SDK disagree. An overloaded model looks like an empty answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts @anthropic-ai/sdk@1.14.0 @ai-sdk/anthropic@4.0.105 \
  ai@7.0.173 zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createAnthropic } from '@ai-sdk/anthropic'
import Anthropic from '@anthropic-ai/sdk'
import { streamText } from 'ai'

const message = { id: 'm', type: 'message', role: 'assistant', model: 'x', content: [], stop_reason: null, stop_sequence: null }
const begin = { type: 'message_start', message: { ...message, usage: { input_tokens: 5, output_tokens: 1 } } }
const answer = [
  begin,
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Low tide' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 7 } },
  { type: 'message_stop' },
]
const failure = [begin, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }]
const named = (events) => events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
const bare = (events) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
const fetchOf = (wire) => async () => new Response(wire, { headers: { 'content-type': 'text/event-stream' } })
const request = { model: 'x', max_tokens: 9, messages: [{ role: 'user', content: 'When?' }] }

async function outcome(read) {
  try {
    return await read()
  } catch (error) {
    return `throws (${/overloaded/i.test(error.message) ? 'overloaded' : error.message})`
  }
}
const readers = {
  'messages.create': async (fetch) => {
    const client = new Anthropic({ apiKey: 'k', maxRetries: 0, fetch })
    let count = 0
    for await (const event of await client.messages.create({ ...request, stream: true })) if (event.type) count++
    return `ends, ${count} events`
  },
  'messages.stream': async (fetch) => {
    const client = new Anthropic({ apiKey: 'k', maxRetries: 0, fetch })
    return `resolves, ${(await client.messages.stream(request).finalMessage()).content[0].text}`
  },
  '@ai-sdk/anthropic': async (fetch) => {
    const errors = []
    const model = createAnthropic({ apiKey: 'k', fetch })('x')
    const { fullStream } = streamText({ model, prompt: 'When?', maxRetries: 0, onError() {} })
    let text = ''
    for await (const part of fullStream) {
      if (part.type === 'text-delta') text += part.text
      if (part.type === 'error') errors.push(part.error)
    }
    if (errors.length > 0) throw new Error(JSON.stringify(errors[0]) + String(errors[0].message))
    return `resolves, ${text}`
  },
}
const wires = { 'answer, named': named(answer), 'answer, bare': bare(answer), 'error, named': named(failure), 'error, bare': bare(failure) }
const seen = {}
for (const [name, wire] of Object.entries(wires)) {
  console.log(name)
  for (const [reader, read] of Object.entries(readers)) {
    const result = await outcome(() => read(fetchOf(wire)))
    ;(seen[name] ??= []).push(result)
    console.log(`  ${reader}: ${result}`)
  }
}
const none = 'throws (request ended without sending any chunks)'
const asBefore =
  JSON.stringify(Object.values(seen)) ===
  JSON.stringify([
    ['ends, 6 events', 'resolves, Low tide', 'resolves, Low tide'],
    ['ends, 0 events', none, 'resolves, Low tide'],
    ['throws (overloaded)', 'throws (overloaded)', 'throws (overloaded)'],
    ['ends, 0 events', none, 'throws (overloaded)'],
  ])
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 30 node run.mjs
