#!/usr/bin/env bash
# @arizeai/openinference-instrumentation-openai 4.2.7 (the tracing of Arize Phoenix) with openai 7.59.0: a server stops
# reading a streamed answer, by `break` in its loop or by cancelling `toReadableStream()`, as a web server does when the
# reader leaves.
#
# Seen: with the instrumentation, the request is not closed, and the model writes the answer to its end. Without it, the
# connection closes at once. For a streamed answer that is read to its end, no token usage is recorded, although the
# request asks for it with `include_usage` and the stream contains it. For an answer that is not streamed, usage is
# recorded.
#
# Surprising because instrumentation should only observe, and is added without a change to the code that it affects. It
# reads the stream with `tee()`, which cancels its source only when both branches are cancelled. Every stopped answer is
# paid for in full, and the trace shows it as complete, without tokens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@7.59.0 \
  @arizeai/openinference-instrumentation-openai@4.2.7 \
  @opentelemetry/api@1.9.0 @opentelemetry/instrumentation@0.223.0 @opentelemetry/sdk-trace-node@2.11.0

cat >run.cjs <<'JS'
const http = require('node:http')
const { once } = require('node:events')
const { setTimeout: delay } = require('node:timers/promises')
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node')

const LENGTH = 30
const wrapper = process.argv[2]
const exporter = new InMemorySpanExporter()
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
tracerProvider.register()
const OpenAI = require('openai')
if (wrapper === 'openinference') {
  const { OpenAIInstrumentation } = require('@arizeai/openinference-instrumentation-openai')
  new OpenAIInstrumentation({ tracerProvider }).manuallyInstrument(OpenAI)
}

/** Writes a token every 40 ms until the answer or the connection ends. */
let written
const server = http.createServer(async (request, response) => {
  let asked = ''
  for await (const piece of request) asked += piece
  const usage = { prompt_tokens: 5, completion_tokens: LENGTH, total_tokens: LENGTH + 5 }
  if (!JSON.parse(asked).stream) {
    response.setHeader('content-type', 'application/json')
    const choices = [{ index: 0, message: { role: 'assistant', content: 'word' }, finish_reason: 'stop' }]
    return response.end(JSON.stringify({ id: 'c', object: 'chat.completion', choices, usage }))
  }
  const send = (choices, more) =>
    response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices, ...more })}\n\n`)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (written = 0; written < LENGTH; ) {
    if (response.destroyed) return
    written++
    send([{ index: 0, delta: { role: 'assistant', content: 'word ' }, finish_reason: null }])
    await delay(40)
  }
  send([{ index: 0, delta: {}, finish_reason: 'stop' }])
  send([], { usage })
  response.end('data: [DONE]\n\n')
})

async function main() {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${server.address().port}`, apiKey: 'k', maxRetries: 0 })
  const params = { model: 'm', messages: [{ role: 'user', content: 'q' }] }
  const ask = () =>
    client.chat.completions.create({ ...params, stream: true, stream_options: { include_usage: true } })
  const seen = { wrapper }

  let chunks = 0
  for await (const _ of await ask()) if (++chunks === 3) break
  await delay(LENGTH * 40 + 1000)
  seen['after break'] = written === LENGTH ? 'to the end' : written < 10 ? 'stops' : written

  const reader = (await ask()).toReadableStream().getReader()
  for (let i = 0; i < 3; i++) await reader.read()
  await reader.cancel()
  await delay(LENGTH * 40 + 1000)
  seen['after cancel'] = written === LENGTH ? 'to the end' : written < 10 ? 'stops' : written

  const recordsUsage = async () => {
    await delay(300)
    const attributes = exporter.getFinishedSpans().flatMap((span) => Object.values(span.attributes))
    exporter.reset()
    return attributes.includes(LENGTH)
  }
  exporter.reset()
  for await (const _ of await ask());
  seen['usage of a stream recorded'] = await recordsUsage()
  await client.chat.completions.create(params)
  seen['usage of one piece recorded'] = await recordsUsage()
  console.log(JSON.stringify(seen))
  process.exit(0)
}
main()
JS
seen=$(for wrapper in none openinference; do timeout 40 node run.cjs "$wrapper"; done)
echo "$seen"
ends='"usage of a stream recorded":false,"usage of one piece recorded":'
[ "$seen" = '{"wrapper":"none","after break":"stops","after cancel":"stops",'"$ends"'false}
{"wrapper":"openinference","after break":"to the end","after cancel":"to the end",'"$ends"'true}' ]
