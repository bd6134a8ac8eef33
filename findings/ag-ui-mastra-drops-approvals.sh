#!/usr/bin/env bash
# @ag-ui/mastra 1.1.2 with @mastra/core 1.71.0 and @ag-ui/client 1.0.0: an agent whose tool has `requireApproval: true`.
#
# Seen: a run that waits for the user's approval sends RUN_STARTED, TOOL_CALL_START, TOOL_CALL_ARGS, TOOL_CALL_END and a
# plain RUN_FINISHED, without an interrupt or a custom event. A tool that the page should run sends the same events. The
# adapter prints "Unrecognized stream chunk type: type=tool-call-approval" to the server's console. A tool that calls
# `suspend()` does become an interrupt.
#
# Surprising because the adapter exists to turn Mastra's suspended runs into AG-UI's interrupts, and does so for
# `suspend()`. With the documented, simpler way to require approval, the page cannot know that the run waits: the answer
# just stops, and a client that runs unanswered calls may run one that nobody has approved.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 240 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @ag-ui/mastra@1.1.2 \
  @ag-ui/client@1.0.0 @ag-ui/core@1.0.0 @mastra/core@1.71.0 @mastra/client-js@1.47.0 zod@3.25.76 rxjs@7.8.1 \
  "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { MastraAgent } from '@ag-ui/mastra'
import { Mastra } from '@mastra/core'
import { Agent } from '@mastra/core/agent'
import { InMemoryStore } from '@mastra/core/storage'
import { createTool } from '@mastra/core/tools'
import { z } from 'zod'

const logged = []
console.warn = (...words) => logged.push(words.join(' '))
const usage = { inputTokens: 4, outputTokens: 3, totalTokens: 7 }
const modelCalling = (toolName) => ({
  specificationVersion: 'v2',
  provider: 'mock',
  modelId: 'mock',
  supportedUrls: {},
  doStream: async () => ({
    stream: new ReadableStream({
      start(controller) {
        controller.enqueue({ type: 'stream-start', warnings: [] })
        controller.enqueue({ type: 'tool-call', toolCallId: 'c', toolName, input: '{"room":12}' })
        controller.enqueue({ type: 'finish', finishReason: 'tool-calls', usage })
        controller.close()
      },
    }),
  }),
})
const inputSchema = z.object({ room: z.number() })
const about = { description: 'Books a room.', inputSchema }
const tools = {
  approved: createTool({ id: 'approved', ...about, requireApproval: true, execute: async () => 'booked' }),
  suspended: createTool({
    id: 'suspended',
    ...about,
    suspendSchema: z.object({ why: z.string() }),
    resumeSchema: z.object({ ok: z.boolean() }),
    execute: async (input, context) => context.agent.suspend({ why: 'It costs money.' }),
  }),
}
const parameters = { type: 'object', properties: { room: { type: 'number' } } }

async function eventsOf(toolName) {
  const a = new Agent({ id: 'a', name: 'a', instructions: 'Book.', model: modelCalling(toolName), tools })
  const mastra = new Mastra({ agents: { a }, storage: new InMemoryStore(), logger: false })
  const agent = new MastraAgent({ agent: mastra.getAgent('a'), resourceId: 'r', agentId: 'a' })
  const messages = [{ id: 'u', role: 'user', content: 'Book room 12.' }]
  const page = { name: 'page', description: 'Runs in the page.', parameters }
  const input = { threadId: 't', runId: 'r', messages, tools: [page], context: [], state: {}, forwardedProps: {} }
  const events = []
  await new Promise((resolve, reject) =>
    agent.run(input).subscribe({ next: (event) => events.push(event), error: reject, complete: resolve }),
  )
  return events.map(({ type, outcome }) => (outcome ? `${type} (${outcome.type})` : type)).join(' ')
}
const seen = {}
for (const name of ['approved', 'suspended', 'page']) {
  seen[name] = await eventsOf(name)
  console.log(`${name}: ${seen[name]}`)
}
const warning = logged.find((line) => line.includes('tool-call-approval'))
console.log(`console: ${warning}`)

const asBefore =
  seen.approved === 'RUN_STARTED TOOL_CALL_START TOOL_CALL_ARGS TOOL_CALL_END RUN_FINISHED' &&
  seen.page === seen.approved &&
  seen.suspended.includes('RUN_FINISHED (interrupt)') &&
  warning !== undefined
process.exit(asBefore ? 0 : 1)
JS
timeout 60 node_modules/node-22/bin/node run.mjs
