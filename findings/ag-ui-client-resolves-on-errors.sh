#!/usr/bin/env bash
# @ag-ui/client 1.0.0, `HttpAgent.runAgent()`, against a server that speaks AG-UI over server-sent events.
#
# Seen: the promise resolves for a stream that was cut before RUN_FINISHED, for a run that ended with RUN_ERROR, and
# for an abort, each time with the partial message in `newMessages`, as after a complete run. No callback of the
# subscriber reports the cut either: only `onRunFinalized` is called. Only a broken connection rejects.
#
# Surprising because the package verifies the order of events strictly, and because the protocol has RUN_FINISHED to
# distinguish an end from a cut. `await agent.runAgent()` in a try block stores a partial answer as a complete one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts @ag-ui/client@1.0.0

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { HttpAgent } from '@ag-ui/client'

const server = createServer(async (request, response) => {
  const scenario = request.url.slice(1)
  const send = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  send({ type: 'RUN_STARTED', threadId: 'thread', runId: 'run' })
  send({ type: 'TEXT_MESSAGE_START', messageId: 'message', role: 'assistant' })
  send({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'message', delta: 'Half an' })
  await delay(50)
  switch (scenario) {
    case 'whole':
      send({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'message', delta: ' answer' })
      send({ type: 'TEXT_MESSAGE_END', messageId: 'message' })
      send({ type: 'RUN_FINISHED', threadId: 'thread', runId: 'run' })
      break
    case 'run-error':
      send({ type: 'RUN_ERROR', message: 'The model is overloaded.' })
      break
    case 'abort':
      return
  }
  response.end()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const seen = {}
for (const scenario of ['whole', 'cut', 'run-error', 'abort']) {
  const url = `http://127.0.0.1:${server.address().port}/${scenario}`
  const agent = new HttpAgent({ url, initialMessages: [{ id: '1', role: 'user', content: 'Hello' }] })
  const called = []
  const note = (name) => () => void called.push(name)
  const subscriber = {
    onRunFinishedEvent: note('onRunFinishedEvent'),
    onRunErrorEvent: note('onRunErrorEvent'),
    onRunFailed: note('onRunFailed'),
    onRunFinalized: note('onRunFinalized'),
  }
  if (scenario === 'abort') setTimeout(() => agent.abortRun(), 300)
  const outcome = await agent.runAgent({}, subscriber).then(
    ({ newMessages }) => `resolves: ${newMessages.map(({ content }) => content)}`,
    (error) => `rejects: ${error.message}`,
  )
  seen[scenario] = { outcome, 'called back': called.join(', ') }
}
console.table(seen)
const half = 'resolves: Half an'
const asDescribed =
  seen.whole.outcome === 'resolves: Half an answer' &&
  [seen.cut, seen['run-error'], seen.abort].every(({ outcome }) => outcome === half) &&
  seen.cut['called back'] === 'onRunFinalized'
process.exit(asDescribed ? 0 : 1)
JS
timeout 20 env NODE_NO_WARNINGS=1 node run.mjs
