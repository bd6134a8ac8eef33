#!/usr/bin/env bash
# @huggingface/inference 4.13.30, `chatCompletionStream` on Node 20, and a server whose content type is written
# `Text/Event-Stream`.
#
# Seen: the stream is refused with "server does not support event stream content type"; the same stream as
# `text/event-stream; charset=utf-8` is read. The answer was generated, and is thrown away.
#
# Surprising because media types do not depend on case (RFC 9110, 8.3.1), and because the error is wrong: the server
# does support it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts @huggingface/inference@4.13.30

cat >run.mjs <<'JS'
import { chatCompletionStream } from '@huggingface/inference'
import http from 'node:http'

const body = ['Low ', 'tide.']
  .map((content) => ({ id: '1', choices: [{ index: 0, delta: { content }, finish_reason: null }] }))
  .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
  .join('')

async function read(contentType) {
  const server = http.createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': contentType }).end(body + 'data: [DONE]\n\n')
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  let text = ''
  try {
    for await (const chunk of chatCompletionStream({
      endpointUrl: `http://127.0.0.1:${server.address().port}`,
      model: 'm',
      messages: [{ role: 'user', content: 'x' }],
    })) {
      text += chunk.choices[0].delta.content
    }
    return text
  } catch (error) {
    return error.message
  } finally {
    server.close()
  }
}

const lower = await read('text/event-stream; charset=utf-8')
const mixed = await read('Text/Event-Stream; charset=utf-8')
console.log('text/event-stream:', lower)
console.log('Text/Event-Stream:', mixed)
process.exit(lower === 'Low tide.' && /does not support event stream/.test(mixed) ? 0 : 1)
JS
timeout 30 node run.mjs
