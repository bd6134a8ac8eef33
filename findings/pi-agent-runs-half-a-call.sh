#!/usr/bin/env bash
# @mariozechner/pi-agent-core 0.73.1 with @mariozechner/pi-ai 0.73.1 (used by pi and other coding agents), `new Agent()`
# with a tool `write({ path, content })`: the answer is cut in the middle of the call's `content`, by the token limit
# (finish_reason "length", Anthropic's "max_tokens") or because the connection ends.
#
# Seen: the incomplete JSON is completed, so that the arguments are valid, and the tool runs with the part that had
# arrived. The message's stop reason is `length`, or `stop` if the connection ended. Nothing is reported as an error:
# the model is told that the file was written, and continues. Of two parallel calls that share an index, as some
# compatible servers send them, the second one is lost. ai 7.0.173 runs nothing for the same bytes.
#
# Surprising because the package checks the stop reason before it runs the tools, but stops only for `error` and
# `aborted`. A long file is overwritten with its first half, and the model assumes that all of it was written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 200 npm install --silent --no-audit --no-fund --ignore-scripts --omit=optional @mariozechner/pi-agent-core@0.73.1 \
  @mariozechner/pi-ai@0.73.1 ai@7.0.173 @ai-sdk/openai-compatible@3.0.92 @ai-sdk/anthropic@4.0.105 zod@4.6.7 \
  "node-22@npm:node-$(node -p 'process.platform')-$(node -p 'process.arch')@22.23.5"

cat >run.mjs <<'JS'
import { once } from 'node:events'
import http from 'node:http'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { Agent } from '@mariozechner/pi-agent-core'
import { Type } from '@mariozechner/pi-ai'
import { jsonSchema, streamText, tool } from 'ai'

const HALF = '{"path":"notes.txt","content":"line 1\\nline 2\\nli'
const WHOLE = `${HALF}ne 3\\n"}`
const chunk = (delta, finish_reason = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const call = (id, args) => chunk({ tool_calls: [{ index: 0, id, type: 'function', function: { name: 'write', arguments: args } }] })
const event = (data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
const message = { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], usage: { input_tokens: 1, output_tokens: 1 } }
const anthropic =
  event({ type: 'message_start', message }) +
  event({ type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: '1', name: 'write', input: {} } }) +
  event({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: HALF } })
const wires = {
  'chat, token limit': call('1', HALF) + chunk({}, 'length') + 'data: [DONE]\n\n',
  'chat, connection ends': call('1', HALF),
  'anthropic, token limit':
    anthropic +
    event({ type: 'content_block_stop', index: 0 }) +
    event({ type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 9 } }) +
    event({ type: 'message_stop' }),
  'chat, two calls of one index':
    call('1', WHOLE) + call('2', WHOLE.replace('notes', 'other')) + chunk({}, 'tool_calls') + 'data: [DONE]\n\n',
}
const last = chunk({ role: 'assistant', content: 'Written.' }, 'stop') + 'data: [DONE]\n\n'
const lastOfAnthropic =
  event({ type: 'message_start', message }) +
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Written.' } }) +
  event({ type: 'content_block_stop', index: 0 }) +
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }) +
  event({ type: 'message_stop' })

globalThis.AI_SDK_LOG_WARNINGS = false
let [name, requests] = ['', 0]
const server = http.createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const later = name.startsWith('chat') ? last : lastOfAnthropic
  response.end(requests++ ? later : wires[name])
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const base = `http://127.0.0.1:${server.address().port}`

async function withPi() {
  const ran = []
  const chat = name.startsWith('chat')
  const model = {
    ...{ id: 'm', name: 'm', provider: 'custom', baseUrl: chat ? `${base}/v1` : base, reasoning: false, input: ['text'] },
    ...{ api: chat ? 'openai-completions' : 'anthropic-messages', contextWindow: 9000, maxTokens: 1000 },
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  }
  const write = {
    ...{ name: 'write', label: 'Write', description: 'Writes a file' },
    parameters: Type.Object({ path: Type.String(), content: Type.String() }),
    execute: async (_, { path, content }) => {
      ran.push(`${path}: ${content.split('\n').length} lines`)
      return { content: [{ type: 'text', text: 'written' }], details: {} }
    },
  }
  const agent = new Agent({ initialState: { model, tools: [write], systemPrompt: '' }, getApiKey: () => 'k' })
  await agent.prompt('Write three lines.')
  const first = agent.state.messages.find((message) => message.role === 'assistant')
  return `ran ${JSON.stringify(ran)}, ${first.stopReason}`
}

async function withAiSdk() {
  const ran = []
  const model = name.startsWith('chat')
    ? createOpenAICompatible({ name: 'x', baseURL: `${base}/v1` })('m')
    : createAnthropic({ apiKey: 'k', baseURL: `${base}/v1` })('m')
  const write = tool({
    inputSchema: jsonSchema({ type: 'object', properties: { path: { type: 'string' }, content: { type: 'string' } } }),
    execute: ({ path, content }) => void ran.push(`${path}: ${content.split('\n').length} lines`),
  })
  await streamText({ model, prompt: 'Write', tools: { write }, maxRetries: 0, onError() {} }).consumeStream()
  return `ran ${JSON.stringify(ran)}`
}

const seen = {}
for (name of Object.keys(wires)) {
  requests = 0
  const pi = await withPi()
  requests = 0
  seen[name] = { 'pi-agent-core': pi, ai: await withAiSdk() }
}
console.log(JSON.stringify(seen, null, 2))
const asBefore =
  JSON.stringify(Object.values(seen).map(Object.values)) ===
  JSON.stringify([
    ['ran ["notes.txt: 3 lines"], length', 'ran []'],
    ['ran ["notes.txt: 3 lines"], stop', 'ran []'],
    ['ran ["notes.txt: 3 lines"], length', 'ran []'],
    ['ran ["notes.txt: 4 lines"], toolUse', 'ran ["notes.txt: 4 lines","other.txt: 4 lines"]'],
  ])
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 60 node run.mjs
