// @vitest-environment node
import { EventType, type BaseEvent, type RunFinishedEvent } from '@ag-ui/core'
import { EventEncoder } from '@ag-ui/encoder'
import { expect, test } from 'vitest'
import { agUi, createCompletion } from '../../src/core.ts'
import { bytesOf } from '../support/read-body.ts'
import { abortAtFirstText, deferred } from './support/abort-at-first-text.ts'
import { startServer } from './support/start-server.ts'

/** An agent's answer as AG-UI's own encoder writes it. */
function answer(events: BaseEvent[], onCancel?: () => void): Response {
  const encoder = new EventEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const event of events) controller.enqueue(bytesOf(encoder.encode(event)))
      if (!onCancel) controller.close()
    },
    cancel: () => onCancel?.(),
  })
  return new Response(body, {
    headers: { 'content-type': encoder.getContentType() },
  })
}

const started = { type: EventType.RUN_STARTED, threadId: 't', runId: 'run_1' }
const message = { messageId: 'm' }
const text: BaseEvent[] = [
  { type: EventType.TEXT_MESSAGE_START, ...message, role: 'assistant' },
  { type: EventType.TEXT_MESSAGE_CONTENT, ...message, delta: 'Grüße' },
  { type: EventType.TEXT_MESSAGE_CONTENT, ...message, delta: ' 🎉' },
  { type: EventType.TEXT_MESSAGE_END, ...message },
]
const call = { toolCallId: 'call_1' }
const finished: RunFinishedEvent = {
  type: EventType.RUN_FINISHED,
  threadId: 't',
  runId: 'run_1',
  outcome: { type: 'success', pendingToolCallIds: ['call_1'] },
  usage: [{ model: 'm-1', inputTokens: 3, outputTokens: 4, totalTokens: 7 }],
}

test('the events of @ag-ui/core through @ag-ui/encoder are read', async () => {
  const url = await startServer(() =>
    answer([
      started,
      { type: EventType.REASONING_MESSAGE_START, messageId: 'r', role: 'reasoning' },
      { type: EventType.REASONING_MESSAGE_CONTENT, messageId: 'r', delta: 'Hm.' },
      { type: EventType.REASONING_MESSAGE_END, messageId: 'r' },
      ...text,
      { type: EventType.TOOL_CALL_START, ...call, toolCallName: 'weather' },
      { type: EventType.TOOL_CALL_ARGS, ...call, delta: '{"city":"Rome"}' },
      { type: EventType.TOOL_CALL_END, ...call },
      finished,
    ]),
  )
  expect(await createCompletion<string>({ url, format: agUi }).start('Hi')).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
    reasoning: 'Hm.',
    toolCalls: [{ id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' }],
    finishReason: 'tool-calls',
    usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
    responseId: 'run_1',
    model: 'm-1',
  })
})

test('an abort reaches the agent', async () => {
  const closed = deferred()
  const url = await startServer(() => answer([started, ...text.slice(0, 2)], closed.resolve))
  expect(await abortAtFirstText({ url, format: agUi }, 'Hi')).toMatchObject({
    status: 'aborted',
    text: 'Grüße',
  })
  await closed.promise
})
