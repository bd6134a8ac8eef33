#!/usr/bin/env bash
# @strands-agents/sdk 1.19.0 (AWS's agents for TypeScript), `OpenAIModel` with the Chat Completions API, and two things
# that OpenAI-compatible servers leave out or do differently.
#
# Seen: an answer whose first chunk has no `role` is refused when it has arrived whole: "Stream ended without completing a
# message". A tool call that ends with `finish_reason: "stop"`, as Gemini's compatible endpoint and others write it, is
# not run: the agent returns `endTurn`, and its last message is the call. @ai-sdk/openai-compatible 3.0.92 reads both.
#
# Surprising because `role` is optional in a delta and never anything but "assistant", and because the call is there with
# all its arguments. The first error names a stream that was cut, which it was not, and the answer is lost. The second is
# no error at all: the turn ends with a call that nobody has answered.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @strands-agents/sdk@1.19.0 \
  openai@7.59.0 zod@4.6.7 @modelcontextprotocol/sdk@1.32.2 @opentelemetry/api@1.9.0 @ai-sdk/openai-compatible@3.0.92 ai@7.0.173 \
  "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { Agent, tool } from '@strands-agents/sdk'
import { OpenAIModel } from '@strands-agents/sdk/models/openai'
import { jsonSchema, streamText, tool as aiTool } from 'ai'
import OpenAI from 'openai'
import { z } from 'zod'

const chunk = (delta, finish_reason = null) =>
  `data: ${JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason }],
  })}\n\n`
const end = (reason) => `${chunk({}, reason)}data: [DONE]\n\n`
const call = chunk({
  tool_calls: [{ index: 0, id: '1', type: 'function', function: { name: 'weather', arguments: '{"city":"Brest"}' } }],
})
const role = chunk({ role: 'assistant', content: '' })
const wires = {
  'an answer with a role': role + chunk({ content: 'Low tide' }) + end('stop'),
  'an answer without': chunk({ content: 'Low tide' }) + end('stop'),
  'a call that ends with tool_calls': role + call + end('tool_calls'),
  'a call that ends with stop': role + call + end('stop'),
}
const answer = (wire) => new Response(wire, { headers: { 'content-type': 'text/event-stream' } })

async function byStrands(wire) {
  const ran = []
  let requests = 0
  const fetch = async () => answer(++requests === 1 ? wire : wires['an answer with a role'])
  const weather = tool({
    name: 'weather',
    description: 'The weather of a city',
    inputSchema: z.object({ city: z.string() }),
    callback: ({ city }) => {
      ran.push(city)
      return 'rain'
    },
  })
  const client = new OpenAI({ apiKey: 'k', maxRetries: 0, fetch })
  const agent = new Agent({
    model: new OpenAIModel({ api: 'chat', client, modelId: 'm' }),
    tools: [weather],
    printer: false,
  })
  try {
    const { stopReason, lastMessage } = await agent.invoke('When?')
    const types = lastMessage.content.map(({ type }) => type).join()
    return `${stopReason}, last message ${types}, ran ${JSON.stringify(ran)}`
  } catch (error) {
    return `throws ${error.name}: ${error.message}`
  }
}

async function byAiSdk(wire) {
  const ran = []
  const weather = aiTool({
    inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } } }),
    execute: ({ city }) => void ran.push(city),
  })
  const model = createOpenAICompatible({ name: 'x', baseURL: 'http://server/v1', fetch: async () => answer(wire) })('m')
  const result = streamText({ model, prompt: 'When?', tools: { weather }, maxRetries: 0, onError() {} })
  return `${JSON.stringify(await result.text)}, ran ${JSON.stringify(ran)}`
}

const seen = {}
for (const [name, wire] of Object.entries(wires)) {
  seen[name] = [await byStrands(wire), await byAiSdk(wire)]
  console.log(`${name}\n  strands: ${seen[name][0]}\n  ai:      ${seen[name][1]}`)
}
const [whole, bare, called, stopped] = Object.values(seen)
const asBefore =
  whole[0].startsWith('endTurn, last message textBlock') &&
  bare[0] === 'throws ModelError: Stream ended without completing a message' &&
  called[0].endsWith('ran ["Brest"]') &&
  stopped[0] === 'endTurn, last message toolUseBlock, ran []' &&
  bare[1] === '"Low tide", ran []' &&
  stopped[1] === '"", ran ["Brest"]'
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 40 node run.mjs
