#!/usr/bin/env bash
# ai21 1.1.0 (the official SDK of AI21), `chat.completions.create({ stream: true })` on Node 20, and a stream that a
# gateway keeps alive with comments, as OpenRouter, LiteLLM and Cloudflare do.
#
# Seen: a comment line at any position ends the stream with the error "Invalid SSE line: : ping"; the app receives
# only the text before it. The same stream without the comment is read.
#
# Surprising because the standard defines comments, and recommends them to keep connections alive.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts ai21@1.1.0

cat >run.mjs <<'JS'
import { AI21 } from 'ai21'
import http from 'node:http'

const event = (content) =>
  `data: ${JSON.stringify({ id: '1', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`
const done = 'data: [DONE]\n\n'

async function read(body) {
  const server = http.createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body)
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const client = new AI21({
    apiKey: 'none',
    baseURL: `http://127.0.0.1:${server.address().port}`,
    maxRetries: 0,
  })
  let text = ''
  try {
    const stream = await client.chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
    })
    for await (const chunk of stream) text += chunk.choices[0].delta.content
    return `${text}, then the end`
  } catch (error) {
    return `${text}, then ${error.message}`
  } finally {
    server.close()
  }
}

const plain = await read(event('Low ') + event('tide') + done)
const kept = await read(event('Low ') + ': ping\n\n' + event('tide') + done)
console.log('without a comment:', plain)
console.log('with a comment:   ', kept)
process.exit(plain === 'Low tide, then the end' && /^Low , then .*: ping/.test(kept) ? 0 : 1)
JS
timeout 30 node run.mjs
