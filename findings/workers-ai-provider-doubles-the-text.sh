#!/usr/bin/env bash
# workers-ai-provider 4.0.0 (Cloudflare's own) with ai 7.0.173, and a stream of Workers AI as its newer models send it: each
# event has the text twice, as `response` of the native format and as `choices[0].delta.content` of Chat Completions.
#
# Seen: both are added to the answer: "Low tide" is "LowLow tide tide", in the page, in the stored message and in what is
# sent to the model with the next question. An error in the stream ({"errors":[…]}, {"error":"…"}), followed by [DONE], is
# dropped: the finish reason is `stop`. Each of the two formats alone is read right.
#
# Surprising because the provider and the server come from one company, and because a cut stream is detected
# ("stream-truncated"): the provider trusts [DONE] and ignores an error before it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts ai@7.0.173 workers-ai-provider@4.0.0 \
  @ai-sdk/provider@4 zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { streamText } from 'ai'
import { createWorkersAI } from 'workers-ai-provider'

const native = (response) => ({ response })
const chat = (content) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
const both = (text) => ({ ...native(text), ...chat(text) })
const tokens = ['Low', ' tide']
const wires = {
  'native format': tokens.map(native),
  'Chat Completions': tokens.map(chat),
  'both in one event': tokens.map(both),
  'an error, then [DONE]': [native('Low'), { errors: [{ code: 3043, message: 'Internal server error' }] }],
}

async function read(events) {
  const wire = [...events.map((event) => JSON.stringify(event)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')
  const model = createWorkersAI({ binding: { run: async () => new Response(wire).body } })('@cf/meta/llama')
  const errors = []
  const result = streamText({ model, prompt: 'When?', maxRetries: 0, onError: ({ error }) => errors.push(error) })
  return `${JSON.stringify(await result.text)}, finish ${await result.finishReason}, errors ${errors.length}`
}

const seen = []
for (const [name, events] of Object.entries(wires)) {
  seen.push(await read(events))
  console.log(`${name}: ${seen.at(-1)}`)
}
const asBefore =
  JSON.stringify(seen) ===
  JSON.stringify([
    '"Low tide", finish stop, errors 0',
    '"Low tide", finish stop, errors 0',
    '"LowLow tide tide", finish stop, errors 0',
    '"Low", finish stop, errors 0',
  ])
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 30 node run.mjs
