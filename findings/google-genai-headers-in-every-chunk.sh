#!/usr/bin/env bash
# @google/genai 3.3.0, generateContentStream(), and a server that forwards each chunk as JSON, like a proxy for a
# browser.
#
# Seen: every chunk carries all headers of the provider's response as an own, enumerable property
# (sdkHttpResponse.headers): cookies, request ids, quota headers. JSON.stringify(chunk) sends them to the
# browser, once per chunk; a chunk of one word is several times as large as on the provider's wire.
#
# Surprising because a chunk is otherwise exactly the JSON of the API, the chunks of the other providers'
# SDKs carry no headers, and nothing shows: readers ignore the field.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts @google/genai@3.3.0

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { GoogleGenAI } from '@google/genai'

const wire = ['Low ', 'tide.'].map((text) =>
  JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }] }),
)
const server = createServer((_, response) => {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'set-cookie': 'session=4711; HttpOnly',
    'x-project-quota': '17',
  })
  for (const line of wire) response.write(`data: ${line}\n\n`)
  response.end()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const baseUrl = `http://127.0.0.1:${server.address().port}`
const client = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl } })
const written = []
for await (const chunk of await client.models.generateContentStream({ model: 'm', contents: 'x' })) {
  written.push(JSON.stringify(chunk))
}
console.log('on the wire of the provider:', wire)
console.log('as a proxy writes it:', written)
const leaks = written.filter((line) => line.includes('session=4711') && line.includes('x-project-quota'))
console.log(`${leaks.length} of ${written.length} chunks carry the headers`)
process.exit(written.length === 2 && leaks.length === 2 ? 0 : 1)
JS
timeout 30 node run.mjs
