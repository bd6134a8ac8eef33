#!/usr/bin/env bash
# weave 0.11.1 (the tracing of Weights & Biases), `wrapOpenAI(new OpenAI())` with openai 7.59.0, and the second argument
# of `chat.completions.create`: the signal that ends the request, and a header.
#
# Seen: the wrapped client passes on only the first argument. An abort has no effect: the loop reads the answer to its
# end, and the model writes all of it. The header is not sent. The Responses API of the same client passes both on.
# (Seen without `weave.init()`, which needs an account: the client is wrapped anyway, and nothing is recorded.)
#
# Surprising because the types stay those of openai, no error is thrown, and everything else keeps working. A server
# that passes on `request.signal`, so that a user's Stop ends the cost, pays for every stopped answer in full from the
# day tracing is turned on. A header for billing or caching is lost as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts weave@0.11.1 openai@7.59.0

cat >run.cjs <<'JS'
const http = require('node:http')
const { once } = require('node:events')
const { setTimeout: delay } = require('node:timers/promises')
const OpenAI = require('openai')
const { wrapOpenAI } = require('weave')

const LENGTH = 30
let [written, header] = [0, undefined]
const server = http.createServer(async (request, response) => {
  request.resume()
  header = request.headers['x-team']
  const responses = request.url.endsWith('/responses')
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (written = 0; written < LENGTH; ) {
    if (response.destroyed) return
    written++
    const data = responses
      ? { type: 'response.output_text.delta', sequence_number: written, delta: 'word ' }
      : { id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'word ' } }] }
    response.write(`data: ${JSON.stringify(data)}\n\n`)
    await delay(40)
  }
  response.end(responses ? '' : 'data: [DONE]\n\n')
})

/** Tells what became of the options. The signal is aborted after three chunks of thirty. */
async function read(create) {
  const controller = new AbortController()
  const stream = await create({ signal: controller.signal, headers: { 'x-team': 'billing' } })
  let chunks = 0
  for await (const _ of stream) if (++chunks === 3) controller.abort()
  await delay(300)
  const [reader, model] = [chunks, written].map((count) => (count < 10 ? 'stops' : `goes on to ${count}`))
  return `reader ${reader}, model ${model}, header ${header}`
}

async function main() {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const baseURL = `http://127.0.0.1:${server.address().port}`
  const openai = () => new OpenAI({ baseURL, apiKey: 'k', maxRetries: 0 })
  const chat = { model: 'm', messages: [{ role: 'user', content: 'q' }], stream: true }
  const plain = openai()
  const wrapped = wrapOpenAI(openai())
  console.warn = () => {} // weave says that it is not initialised
  const seen = {
    'openai, chat': await read((options) => plain.chat.completions.create(chat, options)),
    'weave, chat': await read((options) => wrapped.chat.completions.create(chat, options)),
    'weave, responses': await read((options) => wrapped.responses.create({ model: 'm', input: 'q', stream: true }, options)),
  }
  console.log(JSON.stringify(seen, null, 2))
  const asBefore =
    JSON.stringify(Object.values(seen)) ===
    JSON.stringify([
      'reader stops, model stops, header billing',
      'reader goes on to 30, model goes on to 30, header undefined',
      'reader stops, model stops, header billing',
    ])
  process.exit(asBefore ? 0 : 1)
}
main()
JS
timeout 40 node run.cjs
