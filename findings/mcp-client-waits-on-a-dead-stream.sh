#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2, `Client.callTool` over `StreamableHTTPClientTransport`, and a server whose stream of
# events for the call breaks, or ends, before the result.
#
# Seen: if the events had ids, the client reconnects with Last-Event-ID and the call succeeds. Without ids the broken
# connection is reported to `client.onerror`, and the call goes on waiting until its timeout ("Request timed out", 60 s
# by default; 2 s here). A stream that ends early is not even reported.
#
# Surprising because the result can come by no other way: the stream was the response to this very request. A plain
# fetch rejects within milliseconds. With the default, a tool of a server that was restarted looks busy for a minute,
# and the model is told about a timeout instead of a lost connection.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts @modelcontextprotocol/sdk@1.32.2

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const json = JSON.stringify
const progress = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'half' } }
const events = { 'content-type': 'text/event-stream' }
let called
const server = createServer(async (request, response) => {
  const path = request.url
  if (request.method === 'GET') {
    if (!request.headers['last-event-id']) return response.writeHead(405).end()
    const result = { content: [{ type: 'text', text: 'resumed' }] }
    response.writeHead(200, events)
    return response.write(`id: 2\ndata: ${json({ jsonrpc: '2.0', id: called, result })}\n\n`)
  }
  let body = ''
  for await (const chunk of request) body += chunk
  const { id, method, params } = JSON.parse(body || '{}')
  if (method === 'initialize') {
    const { protocolVersion } = params
    const serverInfo = { name: 'server', version: '1' }
    const result = { protocolVersion, capabilities: { tools: {} }, serverInfo }
    response.writeHead(200, { 'content-type': 'application/json' })
    return response.end(json({ jsonrpc: '2.0', id, result }))
  }
  if (id === undefined) return response.writeHead(202).end()
  called = id
  response.writeHead(200, events)
  response.write(`${path === '/ids' ? 'id: 1\nretry: 50\n' : ''}data: ${json(progress)}\n\n`)
  await delay(50)
  if (path === '/ends') response.end()
  else response.destroy()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${server.address().port}`

const seen = {}
for (const path of ['/ids', '/breaks', '/ends']) {
  const reported = []
  const client = new Client({ name: 'client', version: '1' })
  client.onerror = ({ message }) => reported.push(message)
  await client.connect(new StreamableHTTPClientTransport(new URL(base + path)))
  const started = performance.now()
  const outcome = await client
    .callTool({ name: 'tide', arguments: {} }, undefined, { timeout: 2000 })
    .then(({ content }) => content[0].text, ({ message }) => message)
  seen[path] = { outcome, ms: Math.round(performance.now() - started), onerror: reported.join() }
  await client.close()
}
console.table(seen)
server.close()
server.closeAllConnections()
const asBefore =
  seen['/ids'].outcome === 'resumed' &&
  ['/breaks', '/ends'].every((path) => seen[path].ms > 1900 && /timed out/.test(seen[path].outcome)) &&
  seen['/breaks'].onerror !== '' &&
  seen['/ends'].onerror === ''
process.exit(asBefore ? 0 : 1)
JS
timeout 40 node run.mjs
