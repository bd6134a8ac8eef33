#!/usr/bin/env bash
# @netlify/vite-plugin 3.0.1 with Vite 8.4.0, on Node 24.21.0: a function that passes on the body of a `fetch` made with the
# request's own signal.
#
# Seen: under the plugin's dev server tokens arrive one by one, but nothing else does. When the page aborts, while
# tokens arrive, in a silence, or before the response, the function is not notified, and the request to the upstream
# continues. When the upstream breaks off, the page's response stays open: no error, no end.
#
# Surprising because the handler is a plain web handler, `(request) => Response`, whose signal is the standard way to
# detect an abort, and because Vite's server and Node detect both within milliseconds. In development, Stop does not
# stop the model, and a crash of the upstream looks like a model that reasons forever.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "name": "site" }' >package.json
timeout 300 npm install --silent --no-audit --no-fund --force @netlify/vite-plugin@3.0.1 vite@8.4.0 node@24.21.0

echo '<!doctype html><title>page</title>' >index.html
mkdir -p netlify/functions
cat >netlify/functions/answer.mjs <<'JS'
export default async (request) => {
  const upstream = await fetch(process.env.UPSTREAM + new URL(request.url).search, { signal: request.signal })
  return new Response(upstream.body, { headers: { 'content-type': 'text/event-stream' } })
}
export const config = { path: '/answer' }
JS
cat >run.mjs <<'JS'
import { createServer as createHttpServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import netlify from '@netlify/vite-plugin'
import { createServer } from 'vite'

const closed = new Set()
const arrived = new Set()
const upstream = createHttpServer(async (request, response) => {
  const how = new URL(request.url, 'http://localhost').search.slice(1)
  arrived.add(how)
  response.on('close', () => closed.add(how))
  if (how === 'before') return
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('data: token\n\n')
  for (let sent = 1; how !== 'silence' && !response.destroyed && sent < 60; sent++) {
    await delay(100)
    response.write('data: token\n\n')
    if (how === 'break' && sent === 4) return void response.destroy()
    if (how === 'whole' && sent === 4) return void response.end()
  }
})
await new Promise((resolve) => upstream.listen(0, '127.0.0.1', resolve))
process.env.UPSTREAM = `http://127.0.0.1:${upstream.address().port}/`

const off = { enabled: false }
const plugins = [netlify({ edgeFunctions: off, images: off, blobs: off, database: off, aiGateway: off })]
const server = { host: '127.0.0.1', port: 0 }
const vite = await createServer({ configFile: false, plugins, server, logLevel: 'error' })
await vite.listen()
const url = `${vite.resolvedUrls.local[0]}answer`

async function read(how, abortAfter) {
  const controller = new AbortController()
  if (abortAfter) setTimeout(() => controller.abort(), abortAfter)
  const limit = AbortSignal.timeout(6000)
  let tokens = 0
  const startedAt = performance.now()
  const at = []
  try {
    const { body } = await fetch(`${url}?${how}`, { signal: AbortSignal.any([controller.signal, limit]) })
    for await (const piece of body) {
      tokens += Buffer.from(piece).toString().split('data:').length - 1
      at.push(Math.round(performance.now() - startedAt))
    }
    return { page: `${tokens} tokens, ends normally`, reads: at.length }
  } catch (error) {
    return { page: limit.aborted ? `${tokens} tokens, then nothing until 6 s` : `${tokens} tokens, ${error.name}`, reads: at.length }
  }
}

const seen = {}
seen.whole = await read('whole')
for (const how of ['tokens', 'silence', 'before']) {
  const row = await read(how, 1500)
  await delay(2000)
  const upstreamIs = !arrived.has(how) ? 'never reached' : closed.has(how) ? 'closed' : 'open 2 s later'
  seen[`abort, ${how}`] = { ...row, upstream: upstreamIs }
}
seen['the upstream breaks'] = await read('break')
console.table(seen)
const aborts = Object.entries(seen).filter(([name]) => name.startsWith('abort'))
const isAsExpected =
  seen.whole.page === '5 tokens, ends normally' && seen.whole.reads > 2 &&
  aborts.every(([, row]) => row.page.includes('AbortError') && row.upstream === 'open 2 s later') &&
  /^\d tokens, then nothing until 6 s$/.test(seen['the upstream breaks'].page)
process.exit(isAsExpected ? 0 : 1)
JS
timeout 80 node_modules/node/bin/node run.mjs
