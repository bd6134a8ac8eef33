#!/usr/bin/env bash
# @durable-streams/client 0.2.7 and @durable-streams/server 0.3.7, `IdempotentProducer` with `autoClaim: true`: a writer with a
# fixed id writes a part of an answer, and another one with the same id goes on, as after a restart or in the next request of
# a serverless function.
#
# Seen: what the second writer appends is dropped, as many batches as the first one wrote. `flush()` resolves, `onError` is
# not called: the server takes the batches for repetitions of the first ones, since both begin at epoch 0 and number 0. Of
# "a1 a2" and then "b1 b2 b3", the stream has "a1 a2 b3".
#
# Surprising because the class is recommended for exactly-once writes that survive failures, and `autoClaim` for writers that
# start anew: it helps only against a higher epoch, and two new writers have the same. `restart()`, which raises it, is a method
# of the writer that is gone. Nothing is lost without the class.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts @durable-streams/server@0.3.7 \
  @durable-streams/client@0.2.7 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { DurableStream, IdempotentProducer, stream } from '@durable-streams/client'
import { DurableStreamTestServer } from '@durable-streams/server'

const server = new DurableStreamTestServer({ host: '127.0.0.1', port: 0 })
await server.start()
const runs = [
  ['a1 ', 'a2 '],
  ['b1 ', 'b2 ', 'b3 '],
]

async function write(name, appendAll) {
  const url = `${server.url}/${name}`
  const answer = await DurableStream.create({ url, contentType: 'text/plain' })
  for (const pieces of runs) await appendAll(answer, pieces)
  return (await stream({ url, live: false })).text()
}

const errors = []
let flushed = 0
const byProducer = await write('producer', async (answer, pieces) => {
  const producer = new IdempotentProducer(answer, 'answer-writer', {
    autoClaim: true,
    onError: (error) => errors.push(error.message),
  })
  for (const piece of pieces) {
    producer.append(piece)
    await producer.flush()
    flushed++
  }
})
const byAppend = await write('append', async (answer, pieces) => {
  for (const piece of pieces) await answer.append(piece)
})
console.log(`IdempotentProducer: ${JSON.stringify(byProducer)}, ${flushed} flushes resolved, ${errors.length} errors`)
console.log(`append:             ${JSON.stringify(byAppend)}`)
const asBefore =
  byProducer === 'a1 a2 b3 ' && flushed === 5 && errors.length === 0 && byAppend === 'a1 a2 b1 b2 b3 '
process.exit(asBefore ? 0 : 1)
JS
PATH="$folder/node_modules/node-22/bin:$PATH" timeout 30 node run.mjs
