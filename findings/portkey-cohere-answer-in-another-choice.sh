#!/usr/bin/env bash
# @portkey-ai/gateway 1.15.2 on Node, POST /v1/chat/completions with stream: true, in front of Cohere's chat API
# v2 and a reasoning model: its thinking is content block 0, its answer content block 1, as Cohere documents it.
#
# Seen: the number of the content block becomes `choices[0].index`. The answer and the finish reason are those
# of choice 1; choice 0 has empty deltas only and never finishes. The thinking is in no chunk. Without thinking,
# the same request answers in choice 0.
#
# Surprising because the request asks for one choice: a client that reads choice 0 shows an empty answer, and
# whether it does depends on whether the model thought first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts @portkey-ai/gateway@1.15.2

# The gateway has no option for the address: keep it on the loopback.
cat >loopback.mjs <<'JS'
import net from 'node:net'
const { listen } = net.Server.prototype
net.Server.prototype.listen = function (port, ...rest) {
  const done = rest.find((value) => typeof value === 'function')
  return listen.call(this, Number(port?.port ?? port), '127.0.0.1', done)
}
JS

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const block = (index, content, delta) => [
  { type: 'content-start', index, delta: { message: { content } } },
  { type: 'content-delta', index, delta: { message: { content: delta } } },
  { type: 'content-end', index },
]
const thinking = { type: 'thinking', thinking: '' }
const text = { type: 'text', text: '' }
const answers = {
  thinking: [
    ...block(0, thinking, { thinking: 'The moon pulls.' }),
    ...block(1, text, { text: 'Noon.' }),
  ],
  plain: block(0, text, { text: 'Noon.' }),
}
const usage = { tokens: { input_tokens: 1, output_tokens: 2 } }
const upstream = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of [
    { type: 'message-start', id: 'x', delta: { message: { role: 'assistant' } } },
    ...answers[JSON.parse(body).model],
    { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } },
  ]) {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  }
  response.end()
})
upstream.listen(0, '127.0.0.1')
await once(upstream, 'listening')

const free = createServer().listen(0, '127.0.0.1')
await once(free, 'listening')
const { port } = free.address()
free.close()
const script = 'node_modules/@portkey-ai/gateway/build/start-server.js'
const args = ['--import', './loopback.mjs', script, `--port=${port}`, '--headless']
const gateway = spawn(process.execPath, args, { stdio: 'ignore' })

async function ask(model) {
  const url = `http://127.0.0.1:${port}/v1/chat/completions`
  const headers = {
    'content-type': 'application/json',
    authorization: 'Bearer none',
    'x-portkey-provider': 'cohere',
    'x-portkey-custom-host': `http://127.0.0.1:${upstream.address().port}`,
    'x-portkey-strict-open-ai-compliance': 'false',
  }
  const body = JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'x' }] })
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(url, { method: 'POST', headers, body })
      return await response.text()
    } catch (error) {
      if (tries > 100) throw error
      await wait(100)
    }
  }
}

const seen = {}
try {
  for (const model of Object.keys(answers)) {
    const wire = await ask(model)
    const choices = [...wire.matchAll(/^data: (\{.*)$/gm)].flatMap(([, json]) => JSON.parse(json).choices)
    const at = (test) => choices.find(test)?.index
    seen[model] = {
      'index of the answer': at(({ delta }) => delta.content === 'Noon.'),
      'index of the finish reason': at(({ finish_reason: reason }) => reason),
      'has the thinking': wire.includes('The moon pulls.'),
    }
  }
} finally {
  gateway.kill()
  upstream.close()
}
console.table(seen)
const moved = Object.values(seen.thinking).join() === '1,1,false'
const stays = Object.values(seen.plain).join() === '0,0,false'
process.exit(moved && stays ? 0 : 1)
JS
timeout 60 node run.mjs
