#!/usr/bin/env bash
# ai 7.0.173 with @ai-sdk/openai 4.0.118, `createOpenAI({ baseURL }).chat(model)`, and a gateway that reports an error in
# mid-stream as OpenRouter documents it: `error` in the same chunk as a choice whose finish_reason is "error".
#
# Seen: the stream ends with the finish reason `other`. There is no error part, `onError` is not called, and the
# gateway's message is lost. `toUIMessageStream()` sends a `finish` to the page. @ai-sdk/groq 4.0.84 and
# @ai-sdk/deepseek 3.0.56 do the same. If the chunk has no choices, all of them report "Provider disconnected";
# @ai-sdk/openai-compatible 3.0.92 reports it in both forms.
#
# Surprising because the same `error` object is an error or ignored, depending on an empty choice next to it, and
# because `finish_reason: "error"` also reports it. An answer that the provider broke off looks finished, and is
# stored.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts ai@7.0.173 @ai-sdk/openai@4.0.118 \
  @ai-sdk/openai-compatible@3.0.92 @ai-sdk/groq@4.0.84 @ai-sdk/deepseek@3.0.56 zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createDeepSeek } from '@ai-sdk/deepseek'
import { createGroq } from '@ai-sdk/groq'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'

const chunk = (choices, rest = {}) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices,
  ...rest,
})
const text = chunk([{ index: 0, delta: { role: 'assistant', content: 'Low tide at' }, finish_reason: null }])
const error = { code: 502, message: 'Provider disconnected', type: 'provider_error' }
const beside = chunk([{ index: 0, delta: { content: '' }, finish_reason: 'error' }], { error })
const alone = { error }

const gateway = (last) => () =>
  Promise.resolve(
    new Response([text, last, '[DONE]'].map((data) => `data: ${data === '[DONE]' ? data : JSON.stringify(data)}\n\n`).join(''), {
      headers: { 'content-type': 'text/event-stream' },
    }),
  )
const models = {
  '@ai-sdk/openai': (fetch) => createOpenAI({ apiKey: 'k', baseURL: 'http://gateway/v1', fetch }).chat('m'),
  '@ai-sdk/groq': (fetch) => createGroq({ apiKey: 'k', fetch })('m'),
  '@ai-sdk/deepseek': (fetch) => createDeepSeek({ apiKey: 'k', fetch })('m'),
  '@ai-sdk/openai-compatible': (fetch) =>
    createOpenAICompatible({ name: 'gateway', baseURL: 'http://gateway/v1', fetch })('m'),
}

async function read(model) {
  const errors = []
  const result = streamText({
    model,
    prompt: 'When?',
    maxRetries: 0,
    onError: ({ error }) => errors.push(error?.message ?? String(error)),
  })
  const parts = []
  for await (const part of result.toUIMessageStream()) parts.push(part.type)
  return { finish: await result.finishReason, errors, error: parts.includes('error'), last: parts.at(-1) }
}

const seen = {}
for (const [name, modelOf] of Object.entries(models)) {
  seen[name] = { beside: await read(modelOf(gateway(beside))), alone: await read(modelOf(gateway(alone))) }
  console.log(name)
  for (const form of ['beside', 'alone']) {
    console.log(`  error ${form === 'beside' ? 'beside a choice' : 'alone'}: ${JSON.stringify(seen[name][form])}`)
  }
}
const isLost = ({ beside: { finish, errors, error } }) => finish === 'other' && !error && errors.length === 0
const isReported = ({ finish, error }) => finish === 'error' && error
const names = Object.keys(models)
const asBefore =
  names.slice(0, 3).every((name) => isLost(seen[name])) &&
  names.every((name) => isReported(seen[name].alone)) &&
  isReported(seen[names[3]].beside)
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 30 node run.mjs
