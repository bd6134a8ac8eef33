#!/usr/bin/env bash
# ai 7.0.173 on the server (`streamText`, `toUIMessageStream`, `createUIMessageStreamResponse`) and the chat transport of ai
# 6.0.326 and 5.0.277 in the page (`DefaultChatTransport`), as when the server is updated before apps and open tabs are.
#
# Seen: ordinary answers are read. An answer that the provider cut off (finish reason `interrupted`), and one with a part
# of the types `custom` or `reasoning-file`, throw an AI_TypeValidationError in the older page at that part; the rest of the
# answer is lost. Both sides name the same version of the format: `x-vercel-ai-ui-message-stream: v1`.
#
# Surprising because the header exists to distinguish versions, because unknown data parts are forwarded and unknown
# fields ignored, and because tests with a plain answer pass: only some answers fail, for users who have not reloaded,
# and for those of a mobile app until it is updated in the store.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps ai-7@npm:ai@7.0.173 ai-6@npm:ai@6.0.326 \
  ai-5@npm:ai@5.0.277 zod@4.6.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import * as server from 'ai-7'
import { DefaultChatTransport as Transport5 } from 'ai-5'
import { DefaultChatTransport as Transport6 } from 'ai-6'

const text = [
  { type: 'text-start', id: '1' },
  { type: 'text-delta', id: '1', delta: 'Low tide' },
  { type: 'text-end', id: '1' },
]
const finish = (unified) => ({
  type: 'finish',
  finishReason: { unified, raw: undefined },
  usage: { inputTokens: {}, outputTokens: {} },
})
const picture = { type: 'data', data: 'aGk=' }
const streams = {
  'a plain answer': [...text, finish('stop')],
  'an answer cut off by the provider': [...text, finish('interrupted')],
  'with a custom part': [{ type: 'custom', kind: 'acme.receipt' }, ...text, finish('stop')],
  'with a picture in the reasoning': [
    { type: 'reasoning-file', mediaType: 'image/png', data: picture },
    ...text,
    finish('stop'),
  ],
}
const modelOf = (parts) => ({
  specificationVersion: 'v4',
  provider: 'scripted',
  modelId: 'm',
  supportedUrls: {},
  doStream: async () => ({ stream: ReadableStream.from([{ type: 'stream-start', warnings: [] }, ...parts]) }),
})

async function read(Transport, parts) {
  const fetch = async () => {
    const stream = server.streamText({ model: modelOf(parts), prompt: 'When?', onError() {} }).toUIMessageStream()
    return server.createUIMessageStreamResponse({ stream })
  }
  const transport = new Transport({ api: 'http://server/api/chat', fetch })
  let shown = ''
  let last
  try {
    const messages = [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'When?' }] }]
    for await (const part of await transport.sendMessages({ chatId: '1', messages, trigger: 'submit-message' })) {
      last = part.type
      if (part.type === 'text-delta') shown += part.delta
    }
    return `${JSON.stringify(shown)}, ends with ${last}`
  } catch (error) {
    return `${JSON.stringify(shown)}, throws ${error.name}`
  }
}

const pages = { 7: server.DefaultChatTransport, 6: Transport6, 5: Transport5 }
const seen = {}
for (const [name, parts] of Object.entries(streams)) {
  console.log(name)
  for (const version of [7, 6, 5]) {
    seen[`${name} ${version}`] = await read(pages[version], parts)
    console.log(`  page with ai ${version}: ${seen[`${name} ${version}`]}`)
  }
}
const whole = '"Low tide", ends with finish'
const asBefore = Object.entries(seen).every(([name, outcome]) =>
  name.startsWith('a plain') || name.endsWith('7') ? outcome === whole : outcome.endsWith('throws AI_TypeValidationError'),
)
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 40 node run.mjs
