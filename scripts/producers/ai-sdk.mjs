import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createMistral } from '@ai-sdk/mistral'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  createUIMessageStream,
  createUIMessageStreamResponse,
  jsonSchema,
  stepCountIs,
  streamText,
  tool,
  toUIMessageStream,
} from 'ai'

// The warnings are about unknown models.
globalThis.AI_SDK_LOG_WARNINGS = false

const apiKey = 'none'

const models = {
  openai: (url) => createOpenAI({ baseURL: `${url}/openai`, apiKey }).responses('tide-1'),
  anthropic: (url) => createAnthropic({ baseURL: `${url}/anthropic`, apiKey })('tide-1'),
  'openai-compatible': (url) =>
    createOpenAICompatible({ name: 'compatible', baseURL: `${url}/chat` })('tide-1'),
  google: (url) => createGoogleGenerativeAI({ baseURL: `${url}/google`, apiKey })('tide-1'),
  mistral: (url) => createMistral({ baseURL: `${url}/mistral`, apiKey })('tide-1'),
}

function stream({ url, model, scenario, signal }) {
  const { serverTool, approval, attempts } = scenario
  return streamText({
    model: models[model](url),
    prompt: 'When is low tide?',
    maxRetries: 0,
    // Only in the scenario about retries, because this option delays the parts of a tool.
    ...(!serverTool && attempts.length > 1 && { streamRetries: 1 }),
    abortSignal: signal,
    onError: () => {},
    stopWhen: stepCountIs(2),
    tools: {
      tide_table: tool({
        description: 'The tides of a port',
        inputSchema: jsonSchema({ type: 'object', properties: { port: { type: 'string' } } }),
        ...(serverTool && { execute: () => ({ low: '12:00' }) }),
      }),
    },
    ...(approval && { toolApproval: { tide_table: 'user-approval' } }),
  })
}

/** For all models: a retried step is not withdrawn, so the text of its first attempt stays. */
const retry = {
  status: 'complete',
  text: 'Low tide is at Low tide is at noon.',
  finishReason: 'stop',
}
const reported = { status: 'error', kind: 'api', error: { message: 'without a finish reason' } }

/** The scenarios in which a producer's stream differs from the scripted model. */
const differences = {
  'openai-compatible': { cut: { ...reported, text: 'Low tide is at ' }, 'cut-in-call': reported },
  mistral: {
    'cut-in-call': { status: 'error', kind: 'truncated', toolCalls: [{ status: 'failed' }] },
  },
}

const ofModels = Object.keys(models).map((model) => ({
  name: `ai-sdk-${model}`,
  about: `toUIMessageStream() of ai over @ai-sdk/${model}`,
  packages: ['ai', `@ai-sdk/${model}`],
  format: 'aiSdkUi',
  // Gemini's calls arrive complete.
  skip: ['reset-step', ...(model === 'google' ? ['cut-in-call'] : [])],
  expect: { retry, ...differences[model] },
  respond: ({ url, scenario, signal }) =>
    createUIMessageStreamResponse({
      stream: toUIMessageStream({
        stream: stream({ url, model, scenario, signal }).stream,
        onError: (error) => error?.message ?? String(error),
        // The protocol has no usage of its own.
        messageMetadata: ({ part }) =>
          part.type === 'finish' ? { usage: part.totalUsage } : undefined,
      }),
    }),
}))

/** A server that writes the parts itself, and withdraws a step. */
const ofParts = {
  name: 'ai-sdk-parts',
  about: 'createUIMessageStream() of ai, whose server retries a step of its own',
  packages: ['ai'],
  format: 'aiSdkUi',
  only: ['reset-step'],
  respond: () =>
    createUIMessageStreamResponse({
      stream: createUIMessageStream({
        execute({ writer }) {
          const write = (...parts) => parts.forEach((part) => writer.write(part))
          const say = (id, ...deltas) =>
            write(
              { type: 'text-start', id },
              ...deltas.map((delta) => ({ type: 'text-delta', id, delta })),
            )
          write({ type: 'start' }, { type: 'start-step' })
          say('1', 'One. ')
          write({ type: 'text-end', id: '1' }, { type: 'finish-step' }, { type: 'start-step' })
          write(
            { type: 'reasoning-start', id: 'r' },
            { type: 'reasoning-delta', id: 'r', delta: 'The moon ' },
          )
          say('2', 'Low tide is ')
          write({ type: 'tool-input-start', toolCallId: 'call_1', toolName: 'tide_table' })
          write({ type: 'reset-step' })
          say('2', 'Low tide ', 'is at ', 'noon.')
          write({ type: 'text-end', id: '2' }, { type: 'finish-step' })
          write({ type: 'finish', finishReason: 'stop' })
        },
      }),
    }),
}

export const producers = [...ofModels, ofParts]
