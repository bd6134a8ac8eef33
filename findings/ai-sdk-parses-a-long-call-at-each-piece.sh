#!/usr/bin/env bash
# ai 7.0.173 in the page (`DefaultChatTransport` and `readUIMessageStream`, used by `useChat`), and a tool call whose
# arguments are 10 kB and 40 kB of JSON (a file to write), in pieces of four characters. For comparison,
# @anthropic-ai/sdk 1.14.0 (`messages.stream`) reads the same call in the same pieces.
#
# Seen: for four times the length, ai needs about nine times the processor time, and the Anthropic SDK about three
# times. At 100 kB, measured by hand, ai takes nine seconds and the other a third of a second.
#
# Surprising because no code uses the partial arguments here: everything that has arrived is repaired and parsed again
# at each piece. One long call keeps a page busy for seconds, even if it only shows "writing a file".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 200 npm install --silent --no-audit --no-fund --ignore-scripts ai@7.0.173 @anthropic-ai/sdk@1.14.0 zod@4.6.7 \
  "node-22@npm:node-$(node -p 'process.platform')-$(node -p 'process.arch')@22.23.5"

cat >run.mjs <<'JS'
import Anthropic from '@anthropic-ai/sdk'
import { DefaultChatTransport, readUIMessageStream } from 'ai'

const event = (data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
const data = (value) => `data: ${JSON.stringify(value)}\n\n`
const message = { id: 'm', type: 'message', role: 'assistant', content: [], usage: {} }
const block = { type: 'tool_use', id: '1', name: 'write', input: {} }
const wires = {
  ai: (pieces, input) => [
    data({ type: 'start' }),
    data({ type: 'tool-input-start', toolCallId: '1', toolName: 'write' }),
    ...pieces.map((inputTextDelta) => data({ type: 'tool-input-delta', toolCallId: '1', inputTextDelta })),
    data({ type: 'tool-input-available', toolCallId: '1', toolName: 'write', input }),
    data({ type: 'finish' }),
  ],
  '@anthropic-ai/sdk': (pieces) => [
    event({ type: 'message_start', message }),
    event({ type: 'content_block_start', index: 0, content_block: block }),
    ...pieces.map((partial_json) =>
      event({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json } }),
    ),
    event({ type: 'content_block_stop', index: 0 }),
    event({ type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } }),
    event({ type: 'message_stop' }),
  ],
}

/** A `fetch` whose response has 16 events in each read. */
const fetchOf = (events) => async () => {
  let at = 0
  const body = new ReadableStream({
    pull(controller) {
      if (at >= events.length) return controller.close()
      controller.enqueue(new TextEncoder().encode(events.slice(at, (at += 16)).join('')))
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

const readers = {
  async ai(fetch) {
    const transport = new DefaultChatTransport({ api: 'http://server', fetch })
    const stream = await transport.sendMessages({ chatId: 'c', messages: [], trigger: 'submit-message' })
    let last
    for await (const message of readUIMessageStream({ stream })) last = message
    return last.parts.at(-1).input.content
  },
  async '@anthropic-ai/sdk'(fetch) {
    const params = { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'q' }] }
    const message = await new Anthropic({ apiKey: 'k', fetch }).messages.stream(params).finalMessage()
    return message.content[0].input.content
  },
}

/** The processor time in ms of reading a call with so many characters of content. */
async function timeOf(name, length) {
  const input = { path: 'a.ts', content: 'const value = compute("text", 42);\n'.repeat(length / 35) }
  const fetch = fetchOf(wires[name](JSON.stringify(input).match(/[^]{1,4}/g), input))
  const before = process.cpuUsage()
  const content = await readers[name](fetch)
  const { user, system } = process.cpuUsage(before)
  if (content !== input.content) throw new Error('The call is not whole.')
  return Math.round((user + system) / 1000)
}

const rows = {}
for (const name of Object.keys(wires)) {
  for (let i = 0; i < 3; i++) await timeOf(name, 10_000) // until it is compiled
  const [short, long] = [await timeOf(name, 10_000), await timeOf(name, 40_000)]
  rows[name] = { '10 kB, ms': short, '40 kB, ms': long, times: Math.round((10 * long) / short) / 10 }
}
console.table(rows)
const [ai, anthropic] = Object.values(rows)
process.exit(ai['40 kB, ms'] > 5 * anthropic['40 kB, ms'] && ai.times > 5.5 ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 120 node run.mjs
