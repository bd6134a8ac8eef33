#!/usr/bin/env bash
# react-server-dom-webpack 19.3.1 (React's format for server components and server functions, "Flight") on Node, over HTTP: the
# server returns an async generator, or a ReadableStream, of tokens, and the client stops reading after two, by `break`
# in `for await`, and by `reader.cancel()`.
#
# Seen: both are accepted, and nothing happens: the connection stays open, the generator runs on, and the rest of the
# answer is sent and dropped. The generator's `finally` and the stream's `cancel` run only when the body of the
# response itself is cancelled, or its request aborted.
#
# Surprising because both are the standard ways to stop reading, because the client provides a real ReadableStream,
# and because the server does stop the generator when it detects the end. Frameworks make the request for a server
# function themselves and do not hand out its signal, so that a page has no other way: a Stop button there stops the
# text, but not the model.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts --force \
  react@19.3.1 react-dom@19.3.1 react-server-dom-webpack@19.3.1

cat >server.mjs <<'JS'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

const { renderToReadableStream } = createRequire(import.meta.url)('react-server-dom-webpack/server.edge')
let log = []

async function* generate() {
  try {
    for (let index = 0; index < 40; index++) {
      yield `token ${index}`
      await delay(100)
    }
    log.push('ran to its end')
  } finally {
    log.push('finally')
  }
}

function stream() {
  const source = generate()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => source.return(),
  })
}

const server = createServer((request, response) => {
  if (request.url === '/log') return void response.end(JSON.stringify(log))
  log = []
  response.on('close', () => log.push(response.writableFinished ? 'sent whole' : 'connection closed'))
  const model = { tokens: request.url.startsWith('/stream') ? stream() : generate() }
  const body = Readable.fromWeb(renderToReadableStream(model, {}, { onError: () => {} }))
  body.on('error', () => {})
  response.on('close', () => body.destroy())
  body.pipe(response)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
JS
cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'

const { createFromReadableStream } = createRequire(import.meta.url)('react-server-dom-webpack/client.edge')
const env = { ...process.env, NODE_ENV: 'production' }
const stdio = ['ignore', 'pipe', 'inherit']
const server = spawn(process.execPath, ['--conditions', 'react-server', 'server.mjs'], { env, stdio })
process.once('exit', () => server.kill()).once('SIGTERM', () => process.exit(1))
const [line] = await once(server.stdout, 'data')
const origin = `http://127.0.0.1:${Number(line)}`

async function read(path, stop) {
  const controller = new AbortController()
  const { body } = await fetch(origin + path, { signal: controller.signal })
  const serverConsumerManifest = { moduleMap: {}, moduleLoading: null, serverModuleMap: null }
  const { tokens } = await createFromReadableStream(body, { serverConsumerManifest })
  const got = []
  if (stop === 'reader.cancel()') {
    const reader = tokens.getReader()
    for (let index = 0; index < 2; index++) got.push((await reader.read()).value)
    await reader.cancel('stop')
  } else {
    try {
      for await (const token of tokens) {
        got.push(token)
        if (got.length === 2) {
          if (stop === 'break') break
          controller.abort()
        }
      }
    } catch {}
  }
  await delay(1000)
  const after = (await (await fetch(`${origin}/log`)).json()).join(', ')
  await delay(4500)
  const later = (await (await fetch(`${origin}/log`)).json()).join(', ')
  return { 'read by the client': got.join(', '), 'server after 1 s': after || 'runs', 'server after 5.5 s': later }
}
const seen = {}
for (const [path, stop] of [['/generator', 'break'], ['/stream', 'reader.cancel()'], ['/generator', 'abort of the request']]) {
  seen[`${path.slice(1)}, ${stop}`] = await read(path, stop)
}
console.table(seen)
const [byBreak, byCancel, byAbort] = Object.values(seen)
const isAsExpected =
  [byBreak, byCancel].every((row) => row['server after 1 s'] === 'runs' && row['server after 5.5 s'].includes('ran to its end')) &&
  byAbort['server after 1 s'].includes('connection closed') && !byAbort['server after 5.5 s'].includes('ran to its end')
process.exit(isAsExpected ? 0 : 1)
JS
NODE_ENV=production timeout 50 node run.mjs
