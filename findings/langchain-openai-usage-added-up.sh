#!/usr/bin/env bash
# @langchain/openai 1.6.0 (@langchain/core 1.4.0), stream() of ChatOpenAI, and a server that sends its token
# usage in the last chunk with a choice, as many compatible servers do, or with every chunk, as vLLM does with
# continuous_usage_stats.
#
# Seen: in the message that the chunks add up to, usage_metadata has the counts of the server, and
# response_metadata.usage in the same message is their sum: twice the tokens for the one, seven times the
# prompt for the other. With OpenAI's own form, a chunk without choices, both agree.
#
# Surprising because counts that each replace the one before are added up, and only in one of two places: what
# a page or a bill shows depends on which of the two it reads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts \
  @langchain/openai@1.6.0 @langchain/core@1.4.0

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { ChatOpenAI } from '@langchain/openai'

const head = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
const usage = (tokens) => ({ prompt_tokens: 10, completion_tokens: tokens, total_tokens: 10 + tokens })
const words = ['Low ', 'tide ', 'is ', 'at ', 'noon.']
const say = (content, more) => {
  const delta = { role: 'assistant', content }
  return { ...head, choices: [{ index: 0, delta, finish_reason: null }], ...more }
}
const stop = (more) => ({ ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], ...more })
const streams = {
  openai: [...words.map((word) => say(word)), stop(), { ...head, choices: [], usage: usage(5) }],
  'last-choice': [...words.map((word) => say(word)), stop({ usage: usage(5) })],
  'every-chunk': [
    ...words.map((word, at) => say(word, { usage: usage(at + 1) })),
    stop({ usage: usage(5) }),
    { ...head, choices: [], usage: usage(5) },
  ],
}
const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const chunk of streams[request.url.split('/')[1]]) {
    response.write(`data: ${JSON.stringify(chunk)}\n\n`)
  }
  response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const seen = {}
for (const name of Object.keys(streams)) {
  const configuration = { baseURL: `http://127.0.0.1:${server.address().port}/${name}` }
  const model = new ChatOpenAI({ apiKey: 'none', model: 'm', maxRetries: 0, configuration })
  let message
  for await (const chunk of await model.stream('x')) message = message?.concat(chunk) ?? chunk
  seen[name] = {
    'usage_metadata.total_tokens': message.usage_metadata.total_tokens,
    'response_metadata.usage.total_tokens': message.response_metadata.usage.total_tokens,
  }
}
console.table(seen)
const totals = Object.values(seen).map((row) => Object.values(row))
process.exit(JSON.stringify(totals) === '[[15,15],[15,30],[15,95]]' ? 0 : 1)
JS
timeout 30 node run.mjs
