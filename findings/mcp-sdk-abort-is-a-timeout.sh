#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2, `client.callTool(params, schema, { signal, timeout })`: a call that the caller
# aborts, and one that times out.
#
# Seen: both reject with an McpError whose code is -32001, `ErrorCode.RequestTimeout`. The reason of the signal is
# part of the message alone; it is neither the error nor its cause, and `error.name` is not AbortError.
#
# Surprising because a signal is the caller's own, and fetch and nearly everything else that takes one rejects with its
# reason. Code that retries timeouts by their code starts a tool again that the user has just stopped.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts @modelcontextprotocol/sdk@1.32.2 zod@4.6.7

cat >run.mjs <<'JS'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js'

const server = new McpServer({ name: 'server', version: '1' })
server.registerTool(
  'slow',
  { inputSchema: {} },
  (_, { signal }) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve({ content: [] }))),
)
const client = new Client({ name: 'client', version: '1' })
const transports = InMemoryTransport.createLinkedPair()
await Promise.all([server.connect(transports[0]), client.connect(transports[1])])

const call = (options) =>
  client.callTool({ name: 'slow', arguments: {} }, undefined, options).catch((error) => error)
const controller = new AbortController()
const reason = new DOMException('The user has pressed Stop.', 'AbortError')
setTimeout(() => controller.abort(reason), 100)
const errors = {
  aborted: await call({ signal: controller.signal }),
  'timed out': await call({ timeout: 100 }),
}
const seen = {}
for (const [name, error] of Object.entries(errors)) {
  const isReason = error === reason || error.cause === reason
  seen[name] = { name: error.name, code: error.code, message: error.message, 'has the reason': isReason }
}
console.table(seen)
const asDescribed = Object.values(seen).every(
  (each) => each.name === 'McpError' && each.code === ErrorCode.RequestTimeout && !each['has the reason'],
)
process.exit(asDescribed ? 0 : 1)
JS
timeout 30 node run.mjs
