#!/usr/bin/env bash
# assistant-stream 0.3.57 (of assistant-ui), `DataStreamDecoder` and `AssistantMessageAccumulator`, on a data stream
# that ends before its finish part, as when a server or a proxy closes the connection early.
#
# Seen: a call whose arguments were cut in the middle (`{"city":"Ro`) becomes a part with the state `call`, the status
# `complete` and the repaired arguments `{ city: 'Ro' }`, in a message that has the status `requires-action` and the
# reason `tool-calls`, exactly as after a whole call. A text that was cut becomes a message that is `complete`.
#
# Surprising because the format has a finish part, and because a line that is cut in the middle is an error. An app
# that runs tools on `requires-action` runs this one, with arguments that the model did not write.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts assistant-stream@0.3.57

cat >run.mjs <<'JS'
import { AssistantMessageAccumulator, AssistantStream, DataStreamDecoder } from 'assistant-stream'

const call = ['b:{"toolCallId":"call_1","toolName":"weather"}', 'c:{"toolCallId":"call_1","argsTextDelta":"{\\"city\\":\\"Ro"}']
const rest = ['c:{"toolCallId":"call_1","argsTextDelta":"me\\"}"}']
const finish = (reason) => [`d:{"finishReason":"${reason}","usage":{"promptTokens":1,"completionTokens":1}}`]
const streams = {
  'whole call': [...call, ...rest, ...finish('tool-calls')],
  'cut call': call,
  'whole text': ['0:"Half an"', '0:" answer"', ...finish('stop')],
  'cut text': ['0:"Half an"'],
}

const seen = {}
for (const [name, lines] of Object.entries(streams)) {
  const body = new Response(lines.map((line) => `${line}\n`).join('')).body
  const messages = AssistantStream.fromByteStream(body, new DataStreamDecoder()).pipeThrough(
    new AssistantMessageAccumulator(),
  )
  let last
  for await (const message of messages) last = message
  const [{ type, state, status, text, args }] = last.parts
  seen[name] = {
    message: `${last.status.type} (${last.status.reason})`,
    part: `${type} ${state ?? ''} ${status.type}`,
    content: JSON.stringify(args ?? text),
  }
}
console.table(seen)
const asDescribed =
  seen['cut call'].message === seen['whole call'].message &&
  seen['cut call'].part === seen['whole call'].part &&
  seen['cut call'].content === '{"city":"Ro"}' &&
  seen['cut text'].message.startsWith('complete')
process.exit(asDescribed ? 0 : 1)
JS
timeout 20 node run.mjs
