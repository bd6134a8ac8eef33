// @vitest-environment node
import type { LanguageModelV3StreamPart } from '@ai-sdk/provider'
import {
  createUIMessageStream,
  createUIMessageStreamResponse,
  jsonSchema,
  simulateReadableStream,
  stepCountIs,
  streamText,
  tool,
} from 'ai'
import { MockLanguageModelV3 } from 'ai/test'
import { expect, test } from 'vitest'
import { aiSdkUi, createCompletion, readCompletion } from '../../src/core.ts'
import { abortAtFirstText, deferred } from './support/abort-at-first-text.ts'
import { startServer } from './support/start-server.ts'

const usage = {
  inputTokens: { total: 3, noCache: 3, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 10, text: 6, reasoning: 4 },
}
const finish = (unified: 'stop' | 'tool-calls' | 'length'): LanguageModelV3StreamPart => ({
  type: 'finish',
  finishReason: { unified, raw: unified },
  usage,
})
const text = (...deltas: string[]): LanguageModelV3StreamPart[] => [
  { type: 'text-start', id: '0' },
  ...deltas.map((delta) => ({ type: 'text-delta' as const, id: '0', delta })),
  { type: 'text-end', id: '0' },
]
const call: LanguageModelV3StreamPart[] = [
  { type: 'tool-input-start', id: 'call_1', toolName: 'weather' },
  { type: 'tool-input-delta', id: 'call_1', delta: '{"city": ' },
  { type: 'tool-input-delta', id: 'call_1', delta: '"Rome"}' },
  { type: 'tool-input-end', id: 'call_1' },
  { type: 'tool-call', toolCallId: 'call_1', toolName: 'weather', input: '{"city": "Rome"}' },
]

/** A model that answers each request with the next of these answers. */
function modelOf(...answers: LanguageModelV3StreamPart[][]) {
  return new MockLanguageModelV3({
    doStream: answers.map((chunks) => ({ stream: simulateReadableStream({ chunks }) })),
  })
}

const weather = {
  description: 'The weather of a city',
  inputSchema: jsonSchema<{ city: string }>({
    type: 'object',
    properties: { city: { type: 'string' } },
  }),
}

async function read(handle: (request: Request) => Response) {
  const url = await startServer(handle)
  return createCompletion<string>({ url, format: aiSdkUi }).start('Hi')
}

test('streamText().toUIMessageStreamResponse(): text, reasoning, usage of the metadata', async () => {
  const answer: LanguageModelV3StreamPart[] = [
    { type: 'reasoning-start', id: 'r' },
    { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
    { type: 'reasoning-end', id: 'r' },
    ...text('Grüße', ' 🎉'),
    finish('stop'),
  ]
  const result = await read(() =>
    streamText({ model: modelOf(answer), prompt: 'Hi' }).toUIMessageStreamResponse({
      generateMessageId: () => 'msg_1',
      messageMetadata: ({ part }) =>
        part.type === 'finish' ? { usage: part.totalUsage, model: 'mock' } : undefined,
    }),
  )
  expect(result).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
    reasoning: 'Hm.',
    responseId: 'msg_1',
    model: 'mock',
    finishReason: 'stop',
    usage: { inputTokens: 3, outputTokens: 10, totalTokens: 13, reasoningTokens: 4 },
  })
})

test('a tool for the app', async () => {
  const result = await read(() =>
    streamText({
      model: modelOf([...call, finish('tool-calls')]),
      prompt: 'Hi',
      tools: { weather: tool(weather) },
    }).toUIMessageStreamResponse(),
  )
  expect(result).toMatchObject({
    status: 'complete',
    finishReason: 'tool-calls',
    toolCalls: [
      { id: 'call_1', name: 'weather', arguments: '{"city": "Rome"}', status: 'completed' },
    ],
  })
})

test('a tool that the server runs, and the step after it', async () => {
  const result = await read(() =>
    streamText({
      model: modelOf(
        [...text('Let me see. '), ...call, finish('tool-calls')],
        [...text('20 °C.'), finish('stop')],
      ),
      prompt: 'Hi',
      tools: { weather: tool({ ...weather, execute: () => Promise.resolve({ celsius: 20 }) }) },
      stopWhen: stepCountIs(2),
    }).toUIMessageStreamResponse(),
  )
  expect(result).toMatchObject({
    status: 'complete',
    text: 'Let me see. 20 °C.',
    finishReason: 'stop',
    output: [
      { type: 'message' },
      { type: 'function_call', call_id: 'call_1' },
      { type: 'function_call_output', call_id: 'call_1', output: { celsius: 20 } },
      { type: 'message' },
    ],
  })
})

test('an error of the model is an error', async () => {
  const answer: LanguageModelV3StreamPart[] = [
    ...text('Half'),
    { type: 'error', error: new Error('Overloaded.') },
  ]
  const result = await read(() =>
    streamText({
      model: modelOf(answer),
      prompt: 'Hi',
      onError: () => undefined,
    }).toUIMessageStreamResponse({ onError: (error) => (error as Error).message }),
  )
  expect(result).toMatchObject({
    status: 'error',
    text: 'Half',
    error: { kind: 'api', message: 'Overloaded.' },
  })
})

test('createUIMessageStreamResponse(): an app’s own parts, and no finish', async () => {
  const result = await read(() =>
    createUIMessageStreamResponse({
      stream: createUIMessageStream({
        execute({ writer }) {
          writer.write({ type: 'text-start', id: 'a' })
          writer.write({ type: 'text-delta', id: 'a', delta: 'Hi' })
          writer.write({ type: 'text-end', id: 'a' })
          writer.write({ type: 'data-mood', id: 'm', data: 'sunny' })
        },
      }),
    }),
  )
  expect(result).toMatchObject({
    status: 'complete',
    text: 'Hi',
    finishReason: undefined,
    output: [{ type: 'message' }, { type: 'data-mood', data: 'sunny' }],
  })
})

test('an error thrown by execute is an error', async () => {
  const result = await read(() =>
    createUIMessageStreamResponse({
      stream: createUIMessageStream({
        execute() {
          throw new Error('No luck.')
        },
        onError: (error) => (error as Error).message,
      }),
    }),
  )
  expect(result).toMatchObject({ status: 'error', error: { kind: 'api', message: 'No luck.' } })
})

test('streamText().toTextStreamResponse() needs no format', async () => {
  const url = await startServer(() =>
    streamText({
      model: modelOf([...text('Grüße', ' 🎉'), finish('stop')]),
      prompt: 'Hi',
    }).toTextStreamResponse(),
  )
  expect(await readCompletion(fetch(url)).result).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
  })
})

test("under 'auto' the error names the format to pass", async () => {
  const url = await startServer(() =>
    streamText({ model: modelOf([finish('stop')]), prompt: 'Hi' }).toUIMessageStreamResponse(),
  )
  const { error } = await readCompletion(fetch(url)).result
  expect(error?.kind).toBe('protocol')
  expect(error?.message).toContain('aiSdkUi')
})

test('an abort reaches the model', async () => {
  const aborted = deferred()
  const model = new MockLanguageModelV3({
    doStream: ({ abortSignal }) => {
      const stream = new ReadableStream<LanguageModelV3StreamPart>({
        start(controller) {
          for (const part of text('Hi').slice(0, 2)) controller.enqueue(part)
          abortSignal?.addEventListener('abort', () => {
            aborted.resolve()
            controller.error(abortSignal.reason)
          })
        },
      })
      return Promise.resolve({ stream })
    },
  })
  const url = await startServer((request) =>
    streamText({
      model,
      prompt: 'Hi',
      abortSignal: request.signal,
      onError: () => undefined,
    }).toUIMessageStreamResponse(),
  )
  const result = await abortAtFirstText({ url, format: aiSdkUi }, 'Hi')
  expect(result).toMatchObject({ status: 'aborted', text: 'Hi' })
  await aborted.promise
})
