// @vitest-environment node
import {
  EventType,
  toHttpResponse,
  toServerSentEventsResponse,
  type StreamChunk,
} from '@tanstack/ai'
import { describe, expect, test } from 'vitest'
import { agUi, createCompletion } from '../../src/core.ts'
import { abortAtFirstText, deferred } from './support/abort-at-first-text.ts'
import { startServer } from './support/start-server.ts'

const run = { threadId: 't', runId: 'run_1', timestamp: 0 }
const message = { messageId: 'm', timestamp: 0 }
const call = { toolCallId: 'call_1', timestamp: 0 }
const finished = (finishReason: 'stop' | 'tool_calls', completionTokens: number): StreamChunk => ({
  type: EventType.RUN_FINISHED,
  ...run,
  finishReason,
  model: 'mock',
  usage: { promptTokens: 3, completionTokens, totalTokens: 3 + completionTokens },
})

/** The chunks of `chat()` for a model that calls a tool of the server and then answers. */
const chunks: StreamChunk[] = [
  { type: EventType.RUN_STARTED, ...run },
  { type: EventType.TOOL_CALL_START, ...call, toolCallName: 'weather' },
  { type: EventType.TOOL_CALL_ARGS, ...call, delta: '{"city":"Rome"}' },
  { type: EventType.TOOL_CALL_END, ...call },
  finished('tool_calls', 4),
  { type: EventType.TOOL_CALL_RESULT, ...call, messageId: 'x', content: '20' },
  { type: EventType.TEXT_MESSAGE_START, ...message, role: 'assistant' },
  { type: EventType.TEXT_MESSAGE_CONTENT, ...message, delta: 'Grüße' },
  { type: EventType.TEXT_MESSAGE_CONTENT, ...message, delta: ' 🎉' },
  { type: EventType.TEXT_MESSAGE_END, ...message },
  finished('stop', 6),
]

async function* generate(answer: readonly StreamChunk[], error?: Error) {
  yield* answer
  if (error) throw error
}

describe.each([
  { name: 'toServerSentEventsResponse', respond: toServerSentEventsResponse },
  { name: 'toHttpResponse', respond: toHttpResponse },
])('$name()', ({ respond }) => {
  const read = async (stream: AsyncIterable<StreamChunk>) => {
    const url = await startServer(() => respond(stream))
    return createCompletion<string>({ url, format: agUi }).start('Hi')
  }

  test('is read to its end, past the run that only called a tool', async () => {
    expect(await read(generate(chunks))).toMatchObject({
      status: 'complete',
      text: 'Grüße 🎉',
      toolCalls: [{ id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' }],
      finishReason: 'stop',
      model: 'mock',
      usage: { inputTokens: 6, outputTokens: 10, totalTokens: 16 },
    })
  })

  test('is truncated without its last RUN_FINISHED', async () => {
    expect(await read(generate(chunks.slice(0, -1)))).toMatchObject({
      status: 'error',
      text: 'Grüße 🎉',
      error: { kind: 'truncated' },
    })
  })

  test('reports the error that the server threw', async () => {
    expect(await read(generate(chunks.slice(0, 8), new Error('Overloaded.')))).toMatchObject({
      status: 'error',
      text: 'Grüße',
      error: { kind: 'api', message: 'Overloaded.' },
    })
  })

  test('an abort reaches the stream', async () => {
    const closed = deferred()
    const abortController = new AbortController()
    abortController.signal.addEventListener('abort', () => closed.resolve())
    async function* unending() {
      yield* chunks.slice(0, 8)
      await closed.promise
    }
    const url = await startServer(() => respond(unending(), { abortController }))
    expect(await abortAtFirstText({ url, format: agUi }, 'Hi')).toMatchObject({
      status: 'aborted',
      text: 'Grüße',
    })
    await closed.promise
  })
})
