#!/usr/bin/env bash
# ai 7.0.173, `extractReasoningMiddleware({ tagName: 'think' })`, and an answer that mentions the tag, in code marks or in
# prose: "Write `<think>` first, then the answer."
#
# Seen: when streamed, everything after the tag becomes reasoning, to the end of the answer: its text is "Write `". The
# same answer by `generateText`, with the same middleware, is whole. Words between two mentions ("Between <think> and
# </think>") are moved to the reasoning by both.
#
# Surprising because models write the block first, because what a page folds away as reasoning is the answer itself,
# and because the stream and the whole answer disagree: an assistant that is asked about reasoning models loses most
# of a reply, only where it streams, and the conversation that is sent back has lost it too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts ai@7.0.173 \
  "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { extractReasoningMiddleware, generateText, streamText, wrapLanguageModel } from 'ai'

const finish = { finishReason: { unified: 'stop', raw: 'stop' }, usage: { inputTokens: {}, outputTokens: {} } }
const modelOf = (text) => ({
  specificationVersion: 'v4',
  provider: 'scripted',
  modelId: 'm',
  supportedUrls: {},
  doGenerate: async () => ({ content: [{ type: 'text', text }], warnings: [], ...finish }),
  doStream: async () => ({
    stream: new ReadableStream({
      start(controller) {
        controller.enqueue({ type: 'stream-start', warnings: [] })
        controller.enqueue({ type: 'text-start', id: '0' })
        for (const delta of text.match(/\S*\s*/g).filter(Boolean)) {
          controller.enqueue({ type: 'text-delta', id: '0', delta })
        }
        controller.enqueue({ type: 'text-end', id: '0' })
        controller.enqueue({ type: 'finish', ...finish })
        controller.close()
      },
    }),
  }),
})
const answers = {
  block: '<think>Hm.</think>Low tide.',
  'in code marks': 'Write `<think>` first, then the answer.',
  'in prose': 'Between <think> and </think> it reasons.',
}
const seen = {}
for (const [name, answer] of Object.entries(answers)) {
  const middleware = extractReasoningMiddleware({ tagName: 'think' })
  const model = wrapLanguageModel({ model: modelOf(answer), middleware })
  const stream = streamText({ model, prompt: 'x' })
  const whole = await generateText({ model, prompt: 'x' })
  seen[name] = {
    'streamed text': await stream.text,
    'streamed reasoning': await stream.reasoningText,
    'whole text': whole.text,
  }
}
console.table(seen)
const asBefore =
  seen.block['streamed text'] === 'Low tide.' &&
  seen['in code marks']['streamed text'] === 'Write `' &&
  seen['in code marks']['whole text'] === answers['in code marks'] &&
  seen['in code marks']['streamed reasoning'] === '` first, then the answer.' &&
  !seen['in prose']['streamed text'].includes('and')
process.exit(asBefore ? 0 : 1)
JS
timeout 40 node_modules/node-22/bin/node run.mjs
