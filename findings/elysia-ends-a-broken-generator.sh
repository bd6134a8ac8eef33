#!/usr/bin/env bash
# elysia 1.4.30 on Bun 1.4.5: a handler that is a generator, its documented way to stream, or that returns a
# ReadableStream, and that fails in mid-stream, for example when the connection to the model's provider breaks.
#
# Seen: the response ends as if it were whole: the client reads the text so far and then the normal end. `onError` and
# the route's own `error` hook are not called; the only sign is a line on the server's console. If the handler returns
# `new Response(stream)` with the same stream, the connection breaks.
#
# Surprising because an error before the first token calls `onError` and becomes a 500, and because two ways to return
# one stream end differently. Whoever stores what `fetch` has read stores half an answer as a whole one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
timeout 240 npm install --no-audit --no-fund --silent bun@1.4.5 elysia@1.4.30
cat >app.mjs <<'JS'
import { Elysia, sse } from 'elysia'

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const stream = () =>
  new ReadableStream({
    async pull(controller) {
      controller.enqueue(new TextEncoder().encode('Low tide '))
      await delay(50)
      controller.error(new Error('The provider is gone.'))
    },
  })
const seenByOnError = []
const app = new Elysia()
  .onError(({ path }) => void seenByOnError.push(path))
  .get('/text', async function* () {
    yield 'Low tide '
    await delay(50)
    throw new Error('The provider is gone.')
  })
  .get('/events', async function* () {
    yield sse({ data: { text: 'Low tide ' } })
    await delay(50)
    throw new Error('The provider is gone.')
  })
  .get('/stream', stream)
  .get('/response', () => new Response(stream()))
  .get('/before', async function* () {
    await delay(50)
    throw new Error('The provider is gone.')
  })
  .listen({ port: 0, hostname: '127.0.0.1' })

const seen = {}
for (const path of ['/text', '/events', '/stream', '/response', '/before']) {
  const response = await fetch(`http://127.0.0.1:${app.server.port}${path}`)
  const end = await response.text().then(
    () => 'ends normally',
    () => 'breaks',
  )
  seen[path] = `${response.status}, ${end}`
}
console.log(seen, 'onError:', seenByOnError)
const expected = {
  '/text': '200, ends normally',
  '/events': '200, ends normally',
  '/stream': '200, ends normally',
  '/response': '200, breaks',
  '/before': '500, ends normally',
}
process.exit(JSON.stringify([seen, seenByOnError]) === JSON.stringify([expected, ['/before']]) ? 0 : 1)
JS
timeout 30 node_modules/.bin/bun app.mjs
