#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2, its server and its client, with a tool that returns one property more than its
# zod 4.6.7 `outputSchema` names.
#
# Seen: the server validates the output, accepts it and sends it with the additional property. The client has got the
# same schema from that server as `additionalProperties: false`, and rejects the call with an McpError (-32602).
#
# Surprising because both sides are the same package and read one schema: zod ignores unknown properties, and the JSON
# Schema that is made of it forbids them. The tool has run by then, so a caller that takes the rejection for a failure
# runs it again; and an output that does not match at all is no rejection, but a result with `isError`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts @modelcontextprotocol/sdk@1.32.2 zod@4.6.7

cat >run.mjs <<'JS'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'

const server = new McpServer({ name: 'server', version: '1' })
const outputs = {
  matching: { celsius: 18 },
  additional: { celsius: 18, station: 'Rome' },
  wrong: { celsius: 'mild' },
}
let runs = 0
for (const [name, structuredContent] of Object.entries(outputs)) {
  server.registerTool(name, { inputSchema: {}, outputSchema: { celsius: z.number() } }, () => {
    runs++
    return { content: [], structuredContent }
  })
}
const client = new Client({ name: 'client', version: '1' })
const transports = InMemoryTransport.createLinkedPair()
await Promise.all([server.connect(transports[0]), client.connect(transports[1])])
const { tools } = await client.listTools()

const seen = {}
for (const name of Object.keys(outputs)) {
  seen[name] = await client.callTool({ name, arguments: {} }).then(
    ({ isError, structuredContent }) =>
      isError ? 'result with isError' : `result ${JSON.stringify(structuredContent)}`,
    ({ name: error, code }) => `rejects: ${error} ${code}`,
  )
}
console.table(seen)
const { additionalProperties } = tools[0].outputSchema
console.log(`additionalProperties: ${additionalProperties}, runs: ${runs}`)
const asDescribed =
  seen.matching.startsWith('result {') &&
  seen.additional === 'rejects: McpError -32602' &&
  seen.wrong === 'result with isError' &&
  additionalProperties === false &&
  runs === 3
process.exit(asDescribed ? 0 : 1)
JS
timeout 30 node run.mjs
