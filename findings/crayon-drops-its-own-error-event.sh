#!/usr/bin/env bash
# @crayonai/stream 0.6.4 and @crayonai/react-core 0.7.7 (of Thesys): a server that writes an answer with the first package's
# classes, an error at the end, and `processStreamedMessage` of the second, which reads it in the page.
#
# Seen: the error is dropped. The promise resolves to the message with the half text, as it does for a whole answer;
# the only trace is a warning in the console, "Unknown event type: error", without the server's message. A stream that
# is cut, in the middle of an event, resolves in the same way.
#
# Surprising because the event is one of the six that the package itself defines and encodes, and its reader supports
# the other five. The server reports the error in the documented form, and the page stores a partial answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @crayonai/stream@0.6.4 \
  @crayonai/react-core@0.7.7 eventsource-parser@3 eventsource-encoder@1 tiny-invariant@1 best-effort-json-parser@1 \
  zod-to-json-schema@3 zod@3 zustand@4 react@19.3.1 react-dom@19.3.1

cat >run.mjs <<'JS'
import core from '@crayonai/react-core'
import wire from '@crayonai/stream'

const warnings = []
console.warn = (...words) => warnings.push(words.join(' '))

const text = (words) => new wire.TextChunk(words).toSSEString()
const failed = new wire.Error('The model is overloaded').toSSEString()
const answers = {
  'is whole': text('Low') + text(' tide'),
  'ends with an error': text('Low') + failed,
  'is cut': text('Low') + text(' tide').slice(0, 10),
}
const seen = {}
for (const [name, body] of Object.entries(answers)) {
  warnings.length = 0
  const ignore = () => {}
  try {
    const message = await core.processStreamedMessage({
      response: new Response(body),
      createMessage: ignore,
      updateMessage: ignore,
      deleteMessage: ignore,
    })
    seen[name] = `resolves to ${JSON.stringify(message.message)}`
  } catch (error) {
    seen[name] = `rejects (${error.message})`
  }
  console.log(`an answer that ${name}: ${seen[name]}`)
  if (warnings.length > 0) console.log(`  console: ${warnings.join(' ')}`)
  if (name === 'ends with an error') seen.warning = warnings.join(' ')
}
const half = 'resolves to [{"type":"text","text":"Low"}]'
const asBefore =
  seen['is whole'] === 'resolves to [{"type":"text","text":"Low tide"}]' &&
  seen['ends with an error'] === half &&
  seen['is cut'].startsWith('resolves to [{"type":"text","text":"Low') &&
  seen.warning === 'Unknown event type: error'
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
