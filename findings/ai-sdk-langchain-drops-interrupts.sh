#!/usr/bin/env bash
# @ai-sdk/langchain 3.0.99 with ai 7.0.173 and @langchain/langgraph 1.7.3: `toUIMessageStream()` of a graph's stream
# with the modes `values` and `messages`, as in its documentation.
#
# Seen: a graph that stops at `interrupt('Shall I book it?')` and waits for the user is sent as `start`, `finish`: a
# finished answer without content. The stream of the graph itself contains the question in `__interrupt__`. A node that
# returns an `AIMessage` that no model streamed is sent as `start`, `start-step`, `finish-step`, `finish`: its text is
# not sent, although it is in the `values` that the adapter reads. A call in such a message is sent.
#
# Surprising because `interrupt(value)` accepts any value, and the package supports human-in-the-loop. However, only the
# value of LangChain's own middleware, with `actionRequests`, becomes a part. Nothing throws or warns, and the stream
# does not show that the run waits, so a chat looks as if the model had no answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 180 npm install --silent --no-audit --no-fund --ignore-scripts @ai-sdk/langchain@3.0.99 ai@7.0.173 \
  @langchain/langgraph@1.7.3 @langchain/core@1.4.0 "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { toUIMessageStream } from '@ai-sdk/langchain'
import { AIMessage } from '@langchain/core/messages'
import { END, interrupt, MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'

const streamOf = (node) =>
  new StateGraph(MessagesAnnotation)
    .addNode('agent', node)
    .addEdge(START, 'agent')
    .addEdge('agent', END)
    .compile({ checkpointer: new MemorySaver() })
    .stream(
      { messages: [{ role: 'user', content: 'Hi' }] },
      { streamMode: ['values', 'messages'], configurable: { thread_id: '1' } },
    )

const nodes = {
  'interrupt with a question': () => ({ messages: [new AIMessage(String(interrupt('Shall I book it?')))] }),
  'interrupt of the middleware': () => {
    const actionRequests = [{ name: 'book', args: { room: 12 } }]
    return { messages: [new AIMessage(String(interrupt({ actionRequests, reviewConfigs: [] })))] }
  },
  'message without a model': () => ({ messages: [new AIMessage('Low tide is at six.')] }),
}
const seen = {}
for (const [name, node] of Object.entries(nodes)) {
  const graph = []
  for await (const chunk of await streamOf(node)) graph.push(chunk)
  const parts = []
  for await (const part of toUIMessageStream(await streamOf(node))) parts.push(part.type)
  seen[name] = { graph: JSON.stringify(graph), parts: parts.join(' ') }
  console.log(`${name}: the page is sent ${seen[name].parts}`)
}
const question = seen['interrupt with a question']
console.log(`the graph's own stream has the question: ${question.graph.includes('Shall I book it?')}`)

const asBefore =
  question.parts === 'start finish' &&
  question.graph.includes('Shall I book it?') &&
  seen['interrupt of the middleware'].parts.includes('tool-approval-request') &&
  seen['message without a model'].graph.includes('Low tide is at six.') &&
  !seen['message without a model'].parts.includes('text')
process.exitCode = asBefore ? 0 : 1
JS
timeout 60 node_modules/node-22/bin/node run.mjs
