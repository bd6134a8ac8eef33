#!/usr/bin/env bash
# @tanstack/ai 0.58.0 with @tanstack/ai-openai 0.23.1 over Chat Completions: the token limit is reached in
# the middle of a tool call's arguments (finish_reason "length"), with a tool that the server runs and whose
# parameters are optional.
#
# Seen: the half arguments {"folder":"/tmp/ol become {}, the tool runs with {}, and the model is told that it
# called the tool with {} and what the tool returned. The finish reason of the first run is tool_calls.
#
# Surprising because the answer says that it is not whole, and the AI SDK reports the same call as invalid: what
# the model was about to narrow down is run without its arguments. "Delete the files of a folder" becomes
# "delete the files".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts \
  @tanstack/ai@0.58.0 @tanstack/ai-openai@0.23.1 zod@4.6.7

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { chat, toolDefinition } from '@tanstack/ai'
import { createOpenaiChatCompletions } from '@tanstack/ai-openai'
import { z } from 'zod'

const requests = []
const server = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  requests.push(JSON.parse(body))
  const chunk = (delta, finish_reason = null) => {
    const choices = [{ index: 0, delta, finish_reason }]
    const head = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
    response.write(`data: ${JSON.stringify({ ...head, choices })}\n\n`)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (requests.length === 1) {
    const call = { index: 0, id: 'call_1', type: 'function' }
    chunk({ role: 'assistant', tool_calls: [{ ...call, function: { name: 'clear', arguments: '' } }] })
    chunk({ tool_calls: [{ index: 0, function: { arguments: '{"folder":"/tmp/ol' } }] })
    chunk({}, 'length')
  } else {
    chunk({ role: 'assistant', content: 'Done.' })
    chunk({}, 'stop')
  }
  response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const runs = []
const clear = toolDefinition({
  name: 'clear',
  description: 'Deletes the files of a folder',
  inputSchema: z.object({ folder: z.string().optional() }),
}).server((input) => {
  runs.push(input)
  return 'deleted'
})
const baseURL = `http://127.0.0.1:${server.address().port}`
const events = chat({
  adapter: createOpenaiChatCompletions('gpt-5', 'none', { baseURL, maxRetries: 0 }),
  messages: [{ role: 'user', content: 'Clear the old files' }],
  tools: [clear],
  debug: false,
})
const reasons = []
for await (const { type, metadata } of events) {
  if (type === 'RUN_FINISHED') reasons.push(metadata?.tanstack?.finishReason)
}
const told = requests[1]?.messages.flatMap(({ tool_calls: calls = [] }) => calls) ?? []
console.log('the tool ran with', runs)
console.log('the model is told', told.map((call) => call.function))
console.log('finish reasons of the runs', reasons)
process.exit(runs.length === 1 && JSON.stringify(runs[0]) === '{}' ? 0 : 1)
JS
timeout 60 node run.mjs
