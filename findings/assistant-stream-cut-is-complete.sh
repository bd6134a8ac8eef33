#!/usr/bin/env bash
# assistant-stream 0.3.57 (the streams of assistant-ui), `DataStreamDecoder` and `AssistantMessageAccumulator` on
# Node 20, and an answer whose stream is cut before the line that says how it finished.
#
# Seen: the message ends with `status: { type: 'complete', reason: 'unknown' }`, as if the model had stopped by itself,
# and nothing throws. A line with an error gives `incomplete`, and a whole stream `complete` with `stop`.
#
# Surprising because the protocol has a line of its own for the finish, because the status has `incomplete` for
# answers that are not whole, and because the decoder of UI message streams of the same package throws for a cut.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts assistant-stream@0.3.57

cat >run.mjs <<'JS'
import { AssistantMessageAccumulator, DataStreamDecoder } from 'assistant-stream'

async function statusOf(body) {
  const messages = new Response(body).body
    .pipeThrough(new DataStreamDecoder())
    .pipeThrough(new AssistantMessageAccumulator())
  let last
  for await (const message of messages) last = message
  const { type, reason } = last.status
  return `${type}, ${reason}`
}

const finish = 'd:{"finishReason":"stop","usage":{"promptTokens":1,"completionTokens":2}}\n'
const seen = {
  whole: await statusOf('0:"Low "\n0:"tide."\n' + finish),
  error: await statusOf('0:"Low "\n3:"out of memory"\n'),
  cut: await statusOf('0:"Low "\n'),
}
console.log(seen)
const asBefore =
  seen.whole === 'complete, stop' &&
  seen.error === 'incomplete, error' &&
  seen.cut === 'complete, unknown'
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
