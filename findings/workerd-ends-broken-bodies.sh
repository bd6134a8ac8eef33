#!/usr/bin/env bash
# workerd 1.20261012.1, the runtime of Workers in @cloudflare/vite-plugin 1.64.0 (with Vite 8.4.0), on Node 24.21.0: a
# Worker that answers with the body of a `fetch` whose server breaks off, or with a stream of its own that it fails.
#
# Seen: the response ends as if it were whole, with the final chunk, and the client's `fetch` resolves, in the bare runtime
# and under the plugin's dev server. Inside the Worker the same body rejects ("Network connection lost."). workerd
# 1.20261117.1, which wrangler 4.164.0 brings, breaks the response, as Node, Bun and Deno do.
#
# Surprising because `controller.error()` has no other meaning than that the body is broken, and because the two runtimes are
# five weeks apart and come with tools that are meant to agree: what is tested in `vite dev` ends, what is run by
# `wrangler dev` breaks, and nothing in the Worker differs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
timeout 300 npm install --silent --no-audit --no-fund --force \
  @cloudflare/vite-plugin@1.64.0 vite@8.4.0 wrangler@4.164.0 node@24.21.0 \
  october@npm:workerd@1.20261012.1 november@npm:workerd@1.20261117.1

echo '<!doctype html><title>page</title>' >index.html
echo '{ "name": "worker", "main": "./worker.js", "compatibility_date": "2026-07-01" }' >wrangler.jsonc
cat >worker.js <<'JS'
export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url)
    if (searchParams.has('error')) {
      const bytes = new TextEncoder().encode('data: token\n\n')
      let sent = 0
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await scheduler.wait(100)
            if (sent++ < 4) controller.enqueue(bytes)
            else controller.error(new Error('The stream failed.'))
          },
        }),
      )
    }
    const upstream = await fetch(searchParams.get('from'))
    return new Response(upstream.body, { headers: { 'content-type': 'text/event-stream' } })
  },
}
JS
cat >config.capnp <<'CAPNP'
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-07-01",
);
CAPNP
cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { cloudflare } from '@cloudflare/vite-plugin'
import { createServer } from 'vite'

const upstream = createHttpServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let sent = 0; sent < 4; sent++) {
    response.write('data: token\n\n')
    await delay(100)
  }
  if (request.url === '/break') response.destroy()
  else response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => upstream.listen(0, '127.0.0.1', resolve))
const from = `http://127.0.0.1:${upstream.address().port}`

async function freePort() {
  const server = createTcpServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function startRuntime(name) {
  const port = await freePort()
  const args = ['serve', 'config.capnp', `--socket-addr=http=127.0.0.1:${port}`]
  const runtime = spawn(`node_modules/${name}/bin/workerd`, args, { stdio: 'ignore' })
  process.once('exit', () => runtime.kill('SIGKILL'))
  return `http://127.0.0.1:${port}/`
}
process.once('SIGTERM', () => process.exit(1))

async function read(url) {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(url)
      try {
        return `${(await response.text()).split('data: ').length - 1} events, ends normally`
      } catch (error) {
        return `${error.name}: ${error.message}`
      }
    } catch (error) {
      // The runtime may not listen yet.
      if (attempt === 40) return `${error.name}: ${error.message}`
      await delay(250)
    }
  }
}

const plugins = [cloudflare({ persistState: false, inspectorPort: false })]
const vite = await createServer({ configFile: false, plugins, server: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' })
await vite.listen()
const hosts = {
  'workerd 1.20261117.1': await startRuntime('november'),
  'workerd 1.20261012.1': await startRuntime('october'),
  'vite dev, plugin 1.64.0': vite.resolvedUrls.local[0],
}
const seen = {}
for (const [host, url] of Object.entries(hosts)) {
  seen[host] = {
    whole: await read(`${url}api?from=${from}/whole`),
    'the upstream breaks': await read(`${url}api?from=${from}/break`),
    'the Worker fails its stream': await read(`${url}api?error`),
  }
}
console.table(seen)
const broken = Object.values(seen).map((row) => [row['the upstream breaks'], row['the Worker fails its stream']])
const isAsExpected =
  Object.values(seen).every(({ whole }) => whole === '5 events, ends normally') &&
  broken[0].every((outcome) => outcome === 'TypeError: terminated') &&
  [...broken[1], ...broken[2]].every((outcome) => /^[34] events, ends normally$/.test(outcome))
process.exit(isAsExpected ? 0 : 1)
JS
CLOUDFLARE_CF_FETCH_ENABLED=false WRANGLER_SEND_METRICS=false timeout 80 node_modules/node/bin/node run.mjs
