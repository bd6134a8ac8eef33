#!/usr/bin/env bash
# @openrouter/ai-sdk-provider 3.1.0 with ai 7.0.173, `streamText`, and tool calls in a stream of Chat Completions.
#
# Seen: of two parallel calls that share an index, or have none, the second one vanishes: one tool runs, and nothing
# reports the other. A call that the token limit cuts vanishes too (finish reason `length`, no call, no error). A
# connection that ends after a call, before the finish reason, is finished with `tool-calls`, and the tool runs.
# @ai-sdk/openai-compatible 3.0.92 reads the same bytes as two calls, as an invalid call, and as an error that runs
# nothing.
#
# Surprising because it is the gateway's own provider: servers behind it (Gemini's among them) have sent parallel calls
# without an index or all with 0, and each call has an id of its own. Asked for the weather in two cities, the agent looks
# up one, and the model is told that it had asked for one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts ai@7.0.173 @openrouter/ai-sdk-provider@3.1.0 \
  @ai-sdk/openai-compatible@3.0.92 zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createOpenRouter } from '@openrouter/ai-sdk-provider'
import { jsonSchema, streamText, tool } from 'ai'

const chunk = (delta, finish_reason = null) =>
  `data: ${JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason }],
  })}\n\n`
const call = (id, args, position) =>
  chunk({ tool_calls: [{ ...position, id, type: 'function', function: { name: 'weather', arguments: args } }] })
const two = (position) => call('1', '{"city":"Brest"}', position) + call('2', '{"city":"Cork"}', position)
const end = (reason) => `${chunk({}, reason)}data: [DONE]\n\n`
const wires = {
  'two calls, both with index 0': two({ index: 0 }) + end('tool_calls'),
  'two calls without index': two({}) + end('tool_calls'),
  'a call cut by the token limit': call('1', '{"city":"Br', { index: 0 }) + end('length'),
  'the connection ends after a call': call('1', '{"city":"Brest"}', { index: 0 }),
}
const providers = {
  '@openrouter/ai-sdk-provider': (fetch) => createOpenRouter({ apiKey: 'k', fetch }).chat('m'),
  '@ai-sdk/openai-compatible': (fetch) =>
    createOpenAICompatible({ name: 'x', baseURL: 'http://gateway/v1', fetch })('m'),
}

async function read(modelOf, wire) {
  const ran = []
  const errors = []
  const weather = tool({
    description: 'The weather of a city',
    inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } } }),
    execute: ({ city }) => {
      ran.push(city)
      return 'rain'
    },
  })
  const fetch = async () => new Response(wire, { headers: { 'content-type': 'text/event-stream' } })
  const result = streamText({ model: modelOf(fetch), prompt: 'Weather?', tools: { weather }, maxRetries: 0, onError() {} })
  let finish
  for await (const part of result.fullStream) {
    if (part.type === 'error' || part.type === 'tool-error') errors.push(part.type)
    if (part.type === 'finish') finish = part.finishReason
  }
  return `ran ${JSON.stringify(ran)}, errors ${JSON.stringify(errors)}, finish ${finish}`
}

const seen = []
for (const [name, wire] of Object.entries(wires)) {
  console.log(name)
  for (const [provider, modelOf] of Object.entries(providers)) {
    seen.push(await read(modelOf, wire))
    console.log(`  ${provider}: ${seen.at(-1)}`)
  }
}
const asBefore =
  JSON.stringify(seen) ===
  JSON.stringify([
    'ran ["Brest"], errors [], finish tool-calls',
    'ran ["Brest","Cork"], errors [], finish tool-calls',
    'ran ["Brest"], errors [], finish tool-calls',
    'ran ["Brest","Cork"], errors [], finish tool-calls',
    'ran [], errors [], finish length',
    'ran [], errors ["tool-error"], finish length',
    'ran ["Brest"], errors [], finish tool-calls',
    'ran [], errors ["error"], finish error',
  ])
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 30 node run.mjs
