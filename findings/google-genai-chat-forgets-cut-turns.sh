#!/usr/bin/env bash
# @google/genai 3.3.0, `ai.chats.create()` and `sendMessageStream`, and answers that end early: the connection ends after
# a part of the text, or the last chunk stops with SAFETY and without content.
#
# Seen: the loop over the chunks ends normally, and the next request has neither the partial answer nor its question:
# the model receives only the second question. `getHistory()` shows the question and an empty answer,
# `getHistory(true)` nothing. A whole answer is kept as one turn of the model for each chunk, so that the next request
# carries an answer of 500 chunks as 500 turns.
#
# Surprising because a chat exists to keep the conversation, and because nothing is thrown: the page shows both
# questions and the half answer, and the model answers as if the first had never been asked.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts @google/genai@3.3.0

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { GoogleGenAI } from '@google/genai'

const part = (text, fields) => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...fields }],
})
const streams = {
  whole: [part('Low '), part('tide.', { finishReason: 'STOP' })],
  cut: [part('Low ')],
  safety: [part('Low '), { candidates: [{ content: { role: 'model' }, index: 0, finishReason: 'SAFETY' }] }],
}
let stream
let body
const server = createServer(async (request, response) => {
  body = ''
  for await (const chunk of request) body += chunk
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(stream.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const baseUrl = `http://127.0.0.1:${server.address().port}`
const ai = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl } })
const textsOf = (contents) =>
  contents.map(({ role, parts }) => `${role}: ${(parts ?? []).map(({ text }) => text).join('')}`)

const seen = {}
for (const name of Object.keys(streams)) {
  const chat = ai.chats.create({ model: 'm' })
  stream = streams[name]
  let shown = ''
  for await (const { text } of await chat.sendMessageStream({ message: 'When is low tide?' })) shown += text ?? ''
  stream = streams.whole
  for await (const _ of await chat.sendMessageStream({ message: 'And high tide?' }));
  seen[name] = { shown, 'sent with the second question': textsOf(JSON.parse(body).contents).join(' | ') }
}
server.close()
console.table(seen)
const sent = (name) => seen[name]['sent with the second question']
const asBefore =
  sent('whole') === 'user: When is low tide? | model: Low  | model: tide. | user: And high tide?' &&
  sent('cut') === 'user: And high tide?' &&
  sent('safety') === 'user: And high tide?' &&
  seen.cut.shown === 'Low '
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
