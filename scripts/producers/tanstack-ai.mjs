import { chat, toHttpResponse, toolDefinition, toServerSentEventsResponse } from '@tanstack/ai'
import { createOpenaiChat, createOpenaiChatCompletions } from '@tanstack/ai-openai'
import { z } from 'zod'

function run({ adapter, scenario, abortController }) {
  const definition = toolDefinition({
    name: 'tide_table',
    description: 'The tides of a port',
    inputSchema: z.object({ port: z.string() }),
    ...(scenario.approval && { needsApproval: true }),
  })
  return chat({
    adapter,
    messages: [{ role: 'user', content: 'When is low tide?' }],
    tools: [
      scenario.serverTool ? definition.server(() => ({ low: '12:00' })) : definition.client(),
    ],
    abortController,
    debug: false,
  })
}

const adapters = {
  responses: (url) =>
    createOpenaiChat('gpt-5', 'none', { baseURL: `${url}/openai`, maxRetries: 0 }),
  'chat-completions': (url) =>
    createOpenaiChatCompletions('gpt-5', 'none', { baseURL: `${url}/chat`, maxRetries: 0 }),
}

const responses = { sse: toServerSentEventsResponse, lines: toHttpResponse }

export const producers = Object.entries({
  responses: 'sse',
  'chat-completions': 'lines',
}).map(([api, framing]) => ({
  name: `tanstack-ai-${api}`,
  about: `${responses[framing].name}(chat()) of @tanstack/ai over @tanstack/ai-openai (${api})`,
  packages: ['@tanstack/ai', '@tanstack/ai-openai', 'openai'],
  format: 'agUi',
  skip: ['retry', 'reset-step'],
  expect: {
    // It treats the end of the provider's stream as the end of the answer.
    cut: { status: 'complete', text: 'Low tide is at ', finishReason: 'stop' },
    // It reports a broken connection.
    reset: { status: 'error', kind: 'api', text: 'Low tide is at ' },
    // It treats the partial arguments as complete, reports the problem to the model, and asks five times.
    'cut-in-call': { status: 'error', kind: 'truncated' },
    ...(api === 'chat-completions' && {
      // Its adapter of this API reads no reasoning.
      reasoning: { status: 'complete', text: 'Low tide is at noon.', reasoning: '' },
    }),
  },
  respond({ url, scenario, abortController }) {
    const stream = run({ adapter: adapters[api](url), scenario, abortController })
    return responses[framing](stream, { abortController })
  },
}))
