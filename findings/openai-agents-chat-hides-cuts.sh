#!/usr/bin/env bash
# @openai/agents 0.20.0 with openai 7.59.0, `run(agent, input, { stream: true })` with each of its two model classes, and
# an answer that is cut: by the connection, or by the token limit.
#
# Seen: with OpenAIResponsesModel both are errors. With OpenAIChatCompletionsModel the run completes, and the half text
# is `finalOutput`; `error` is null. Two parallel tool calls that share an index, as vLLM and LiteLLM have sent
# them, become one whose name is both: "Tool tidetide not found".
#
# Surprising because the same agent, with the same events for the caller, keeps or loses the difference between a
# whole and a half answer with the class of its model, and because `chat.completions.stream()` of the openai package
# rejects the same cut ("missing finish_reason for choice 0").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts @openai/agents@0.20.0 openai@7.59.0 \
  zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import {
  Agent,
  OpenAIChatCompletionsModel,
  OpenAIResponsesModel,
  run,
  setTracingDisabled,
} from '@openai/agents'
import OpenAI from 'openai'

setTracingDisabled(true)
const data = (value) => `data: ${JSON.stringify(value)}\n\n`
const chat = (delta, finish_reason = null) =>
  data({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })
const responses = (type, fields) => `event: ${type}\n${data({ type, sequence_number: 0, ...fields })}`
const call = (id) =>
  chat({ tool_calls: [{ index: 0, id, type: 'function', function: { name: 'tide', arguments: '{}' } }] })

const content = [{ type: 'output_text', text: 'Low ', annotations: [] }]
const message = { id: 'm', type: 'message', role: 'assistant', status: 'incomplete', content }
const begun = [
  responses('response.created', { response: { id: 'r', status: 'in_progress', output: [] } }),
  responses('response.output_text.delta', { output_index: 0, content_index: 0, item_id: 'm', delta: 'Low ' }),
]
const limit = {
  id: 'r',
  status: 'incomplete',
  incomplete_details: { reason: 'max_output_tokens' },
  output: [message],
  usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
}
const streams = {
  'chat, cut': [chat({ role: 'assistant', content: 'Low ' })],
  'chat, token limit': [chat({ role: 'assistant', content: 'Low ' }), chat({}, 'length'), 'data: [DONE]\n\n'],
  'chat, two calls': [call('a'), call('b'), chat({}, 'tool_calls'), 'data: [DONE]\n\n'],
  'responses, cut': begun,
  'responses, token limit': [...begun, responses('response.incomplete', { response: limit })],
}
let stream
const server = createServer(async (request, response) => {
  for await (const _ of request);
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(stream.join(''))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const baseURL = `http://127.0.0.1:${server.address().port}`
const client = new OpenAI({ apiKey: 'key', baseURL, maxRetries: 0 })

const seen = {}
for (const [name, wire] of Object.entries(streams)) {
  stream = wire
  const Model = name.startsWith('chat') ? OpenAIChatCompletionsModel : OpenAIResponsesModel
  const agent = new Agent({ name: 'agent', model: new Model(client, 'm') })
  try {
    const result = await run(agent, 'Hi', { stream: true })
    for await (const _ of result);
    await result.completed
    seen[name] = `completes, finalOutput ${JSON.stringify(result.finalOutput)}, error ${result.error}`
  } catch (error) {
    seen[name] = `rejects: ${error.message}`
  }
}
server.close()
for (const [name, outcome] of Object.entries(seen)) console.log(`${name}: ${outcome}`)
const asBefore =
  seen['chat, cut'] === 'completes, finalOutput "Low ", error null' &&
  seen['chat, token limit'] === seen['chat, cut'] &&
  seen['chat, two calls'].includes('tidetide') &&
  seen['responses, cut'].startsWith('rejects') &&
  seen['responses, token limit'].startsWith('rejects')
process.exit(asBefore ? 0 : 1)
JS
timeout 40 node_modules/node-22/bin/node run.mjs
