#!/usr/bin/env bash
# @openrouter/sdk 1.3.19, chat.send({ stream: true }): a stream with the pictures of a picture model
# (delta.images), the citations of web search (delta.annotations) and native_finish_reason, all of them
# documented fields of OpenRouter's stream.
#
# Seen: none of the three is in the chunks that the SDK yields. The text and the reasoning are; there is no error and
# no warning. The chunks are validated, and fields that the schema does not name are dropped.
#
# Surprising because it is the provider's own SDK: a server that passes its chunks on loses pictures and
# sources that the same server, with fetch or with the openai package, delivers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts @openrouter/sdk@1.3.19

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { OpenRouter } from '@openrouter/sdk'

const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' }, index: 0 }
const source = { url: 'https://tides.example', title: 'Tides', start_index: 0, end_index: 3 }
const chunk = (delta, more) => {
  const choice = { index: 0, delta: { role: 'assistant', ...delta }, finish_reason: null, ...more }
  const head = { id: 'gen-1', object: 'chat.completion.chunk', created: 1, model: 'm', provider: 'p' }
  return `data: ${JSON.stringify({ ...head, choices: [choice] })}\n\n`
}
const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(': OPENROUTER PROCESSING\n\n')
  response.write(chunk({ content: 'Here', reasoning: 'Hm.' }))
  response.write(chunk({ content: '', images: [image] }))
  response.write(
    chunk({ content: '', annotations: [{ type: 'url_citation', url_citation: source }] }),
  )
  response.write(chunk({ content: '' }, { finish_reason: 'stop', native_finish_reason: 'end_turn' }))
  response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const serverURL = `http://127.0.0.1:${server.address().port}`
const client = new OpenRouter({ apiKey: 'none', serverURL })
const messages = [{ role: 'user', content: 'A picture, with sources' }]
const stream = await client.chat.send({ chatRequest: { model: 'm', messages, stream: true } })
const lines = []
for await (const event of stream) lines.push(JSON.stringify(event))
console.log(lines.join('\n'))
const all = lines.join('')
const lost = ['iVBORw0KGgo=', 'tides.example', 'end_turn'].filter((value) => !all.includes(value))
console.log('sent and not yielded:', lost)
const kept = all.includes('Here') && all.includes('Hm.')
process.exit(kept && lost.length === 3 ? 0 : 1)
JS
timeout 30 node run.mjs
