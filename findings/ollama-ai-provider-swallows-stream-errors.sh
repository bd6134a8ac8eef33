#!/usr/bin/env bash
# ollama-ai-provider-v2 4.0.1 with ai 7.0.173, `streamText`, and an error line in the middle of Ollama's stream, which its
# API documents: {"error":"an error was encountered while running the model"}.
#
# Seen: the stream ends with the finish reason `other` and the text so far, without an error part and without
# `onError`. A validation error about the line's missing fields is printed to the server's console, and the line is
# dropped. `toUIMessageStream()` reports a finished answer to the page. `ollama` 0.6.4, the project's own client,
# throws the message.
#
# Surprising because it is the only form in which Ollama can report an error once the answer has begun: out of memory,
# a crashed runner, a lost cloud model. An answer that broke off cannot be distinguished from one that ended without a
# reason.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts ai@7.0.173 ollama-ai-provider-v2@4.0.1 ollama@0.6.4 \
  zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { streamText } from 'ai'
import { Ollama } from 'ollama'
import { createOllama } from 'ollama-ai-provider-v2'

const line = (content) => ({
  model: 'm',
  created_at: '2026-11-01T10:00:00Z',
  message: { role: 'assistant', content },
  done: false,
})
const message = 'an error was encountered while running the model'
const wire = [line('Low'), line(' tide'), { error: message }].map((item) => `${JSON.stringify(item)}\n`).join('')
const fetch = async () => new Response(wire, { headers: { 'content-type': 'application/x-ndjson' } })

const logged = []
console.error = (...words) => logged.push(words.join(' '))
console.warn = console.error
const errors = []
const result = streamText({
  model: createOllama({ baseURL: 'http://ollama/api', fetch })('m'),
  prompt: 'When?',
  maxRetries: 0,
  onError: ({ error }) => errors.push(String(error)),
})
const parts = []
for await (const part of result.toUIMessageStream()) parts.push(part)
const finish = parts.find(({ type }) => type === 'finish')?.finishReason
console.log(`ollama-ai-provider-v2: text ${JSON.stringify(await result.text)}, finish ${finish}, errors ${errors.length}`)
console.log(`  what the page is sent: ${parts.map(({ type }) => type).join(' ')}`)
console.log(`  console: ${logged.join(' ').replace(/\s+/g, ' ').slice(0, 80)}…`)

let thrown
try {
  const chunks = await new Ollama({ host: 'http://ollama', fetch }).chat({ model: 'm', messages: [], stream: true })
  for await (const { message } of chunks) void message
} catch (error) {
  thrown = error.message
}
console.log(`ollama: throws ${JSON.stringify(thrown)}`)

const asBefore =
  finish === 'other' &&
  errors.length === 0 &&
  !parts.some(({ type }) => type === 'error') &&
  !logged.join(' ').includes(message) &&
  thrown === message
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 30 node run.mjs
