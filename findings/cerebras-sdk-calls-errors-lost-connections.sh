#!/usr/bin/env bash
# @cerebras/cerebras_cloud_sdk 1.91.0 (the official SDK), `chat.completions.create({ stream: true })`, and an error in the
# middle of the stream: `data: {"error": …}`, as OpenAI-compatible servers send it. openai 7.59.0 reads the same bytes.
#
# Seen: the loop throws an APIConnectionError with the message "Connection error.", without status, code or `error`.
# The server's message is only in the JSON text of its `cause`. A connection that breaks throws a plain TypeError, in
# both packages. openai throws an APIError with the server's message for the first. An event with the name `message`,
# which is every event's name by default, is handed out as { event, data } instead of a chunk.
#
# Surprising because the two are reversed: a rejection by the server (a quota, a prompt that is too long) counts as a
# lost connection, which retry logic repeats, and a lost connection is not an error of the SDK at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts @cerebras/cerebras_cloud_sdk@1.91.0 openai@7.59.0

cat >run.mjs <<'JS'
import Cerebras from '@cerebras/cerebras_cloud_sdk'
import OpenAI from 'openai'

const chunk = `data: ${JSON.stringify({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { content: 'Low tide' }, finish_reason: null }],
})}\n\n`
const error = { message: 'Tokens per minute limit exceeded', type: 'too_many_tokens_error', code: 'token_quota_exceeded' }

function fetchOf(wire, breaks) {
  return async () => {
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode(wire))
        await new Promise((resolve) => setTimeout(resolve, 50))
        if (breaks) controller.error(new TypeError('terminated'))
        else controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}

async function read(Client, wire, breaks = false) {
  const client = new Client({ apiKey: 'k', maxRetries: 0, warmTCPConnection: false, fetch: fetchOf(wire, breaks) })
  const keys = []
  try {
    const stream = await client.chat.completions.create({ model: 'm', messages: [], stream: true })
    for await (const each of stream) keys.push(Object.keys(each).join(','))
    return `chunks with ${keys[0]}`
  } catch (thrown) {
    return `${thrown instanceof Client.APIConnectionError ? 'APIConnectionError' : thrown.constructor.name}: ${thrown.message}`
  }
}

const seen = {}
for (const [name, Client] of Object.entries({ cerebras: Cerebras, openai: OpenAI })) {
  seen[name] = [
    await read(Client, `${chunk}data: ${JSON.stringify({ error })}\n\n`),
    await read(Client, chunk, true),
    await read(Client, `event: message\n${chunk}`),
  ]
  console.log(`${name}\n  error in the stream: ${seen[name][0]}\n  connection breaks:   ${seen[name][1]}`)
  console.log(`  event: message:      ${seen[name][2]}`)
}
const keys = 'id,object,created,model,choices'
const asBefore =
  JSON.stringify(seen.cerebras) ===
    JSON.stringify(['APIConnectionError: Connection error.', 'TypeError: terminated', 'chunks with event,data']) &&
  seen.openai[0] === `APIError: ${error.message}` &&
  seen.openai[2] === `chunks with ${keys}`
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
