import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'
import { finished, format, read, started, text } from './support/ag-ui-events.ts'

test('text and the run’s identifier', async () => {
  const outcome = await read(
    started,
    { type: 'STEP_STARTED', stepName: 's' },
    { type: 'TEXT_MESSAGE_START', messageId: 'm', role: 'assistant' },
    text('Grüße'),
    text(' 🎉'),
    { type: 'TEXT_MESSAGE_END', messageId: 'm' },
    { type: 'STEP_FINISHED', stepName: 's' },
    finished({ outcome: { type: 'success' } }),
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
    responseId: 'run_1',
    finishReason: 'stop',
    rawFinishReason: 'success',
  })
})

describe('reasoning', () => {
  test('as messages and as chunks', async () => {
    const outcome = await read(
      { type: 'REASONING_START', messageId: 'r' },
      { type: 'REASONING_MESSAGE_START', messageId: 'r', role: 'reasoning' },
      { type: 'REASONING_MESSAGE_CONTENT', messageId: 'r', delta: 'Hm' },
      { type: 'REASONING_MESSAGE_END', messageId: 'r' },
      { type: 'REASONING_END', messageId: 'r' },
      { type: 'REASONING_MESSAGE_CHUNK', messageId: 'r2', delta: ', we' },
      { type: 'REASONING_MESSAGE_CHUNK', delta: 'll.' },
      text('Hi'),
      finished(),
    )
    expect(outcome).toMatchObject({ text: 'Hi', reasoning: 'Hm, well.' })
    expect(outcome.output.map(({ type }) => type)).toEqual(['reasoning', 'reasoning', 'message'])
  })

  test('as older servers send it, without identifiers', async () => {
    const thought = (delta: string) => [
      { type: 'THINKING_TEXT_MESSAGE_START' },
      { type: 'THINKING_TEXT_MESSAGE_CONTENT', delta },
      { type: 'THINKING_TEXT_MESSAGE_END' },
    ]
    const outcome = await read(
      { type: 'THINKING_START', title: 'T' },
      ...thought('One.'),
      ...thought('Two.'),
      { type: 'THINKING_END' },
      finished(),
    )
    expect(outcome).toMatchObject({ text: '', reasoning: 'One.Two.' })
    expect(outcome.output).toHaveLength(2)
  })
})

test('chunks continue the previous message or call', async () => {
  const outcome = await read(
    { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm', role: 'assistant', delta: 'He' },
    { type: 'TEXT_MESSAGE_CHUNK', delta: 'llo' },
    { type: 'TOOL_CALL_CHUNK', toolCallId: 'c', toolCallName: 'weather', delta: '{"a"' },
    { type: 'TOOL_CALL_CHUNK', delta: ':1}' },
    finished(),
  )
  expect(outcome).toMatchObject({
    text: 'Hello',
    toolCalls: [{ id: 'c', name: 'weather', arguments: '{"a":1}', status: 'completed' }],
  })
})

test('messages of others, and of subagents, are not the answer', async () => {
  const outcome = await read(
    { type: 'TEXT_MESSAGE_START', messageId: 'u', role: 'user' },
    text('Question?', 'u'),
    { ...text('Inner.', 'i'), subagentRunId: 'sub_1' },
    { type: 'RUN_FINISHED', subagentRunId: 'sub_1' },
    { type: 'MESSAGES_SNAPSHOT', messages: [{ role: 'assistant', content: 'Old.' }] },
    text('Answer.', 'm'),
    finished(),
  )
  expect(outcome).toMatchObject({ status: 'complete', text: 'Answer.' })
})

describe('tools', () => {
  const start = { type: 'TOOL_CALL_START', toolCallId: 'c', toolCallName: 'weather' }
  const args = (delta: string) => ({ type: 'TOOL_CALL_ARGS', toolCallId: 'c', delta })
  const end = { type: 'TOOL_CALL_END', toolCallId: 'c' }
  const result = { type: 'TOOL_CALL_RESULT', messageId: 'x', toolCallId: 'c', content: '20 °C' }

  test('a call for the app', async () => {
    const outcome = await read(start, args('{"city":'), args(' "Rome"}'), end, finished())
    expect(outcome.toolCalls).toEqual([
      {
        id: 'c',
        type: 'function',
        name: 'weather',
        arguments: '{"city": "Rome"}',
        status: 'completed',
      },
    ])
  })

  test('a call that was cut off is incomplete', async () => {
    expect((await read(start, args('{"ci'))).toolCalls).toMatchObject([{ status: 'incomplete' }])
  })

  test('a call that the server answered itself', async () => {
    const success = finished({ outcome: { type: 'success' } })
    const outcome = await read(start, args('{}'), end, result, text('20'), success)
    expect(outcome).toMatchObject({
      text: '20',
      finishReason: 'stop',
      output: [
        { type: 'function_call' },
        { type: 'function_call_output', call_id: 'c', output: '20 °C' },
        { type: 'message' },
      ],
    })
  })

  test('a run that continues after its tools ends with its last part', async () => {
    const tanstack = (finishReason: string, outputTokens: number) =>
      finished({
        usage: [{ inputTokens: 1, outputTokens, model: 'm-1' }],
        metadata: { tanstack: { finishReason } },
      })
    const first = [start, args('{}'), end, tanstack('tool_calls', 2)]
    expect(await read(...first)).toMatchObject({
      status: 'complete',
      finishReason: 'tool-calls',
    })
    expect(await read(...first, result)).toMatchObject({ error: { kind: 'truncated' } })
    expect(await read(...first, result, text('20'))).toMatchObject({
      text: '20',
      error: { kind: 'truncated' },
    })
    expect(await read(...first, result, text('20'), tanstack('stop', 5))).toMatchObject({
      status: 'complete',
      text: '20',
      model: 'm-1',
      finishReason: 'stop',
      usage: { inputTokens: 2, outputTokens: 7 },
    })
  })
})

test('usage is the sum of what is listed', async () => {
  const usage = [
    { provider: 'a', model: 'm-1', inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    {
      model: 'm-2',
      inputTokens: 10,
      outputTokens: 20,
      reasoningTokens: 5,
      cacheWriteInputTokens: 4,
    },
  ]
  expect((await read(text('Hi'), finished({ usage }))).usage).toEqual({
    inputTokens: 11,
    outputTokens: 22,
    totalTokens: 3,
    reasoningTokens: 5,
    cachedInputTokens: undefined,
    cacheWriteTokens: 4,
    raw: usage,
  })
})

describe('ends properly with RUN_FINISHED', () => {
  test('and not with the end of a message or of the body', async () => {
    const end = { type: 'TEXT_MESSAGE_END', messageId: 'm' }
    for (const events of [[text('Hi')], [text('Hi'), end]]) {
      const outcome = await read(started, ...events)
      expect(outcome).toMatchObject({ status: 'error', text: 'Hi', error: { kind: 'truncated' } })
      expect(outcome.error?.message).toContain('RUN_FINISHED')
    }
  })

  test('without a reason, as older servers send it', async () => {
    expect(await read(text('Hi'), finished())).toMatchObject({
      status: 'complete',
      finishReason: undefined,
    })
  })

  test('with an unknown reason if an interrupt names nothing', async () => {
    const outcome = { type: 'interrupt', interrupts: [] }
    expect(await read(text('Hi'), finished({ outcome }))).toMatchObject({
      status: 'complete',
      finishReason: 'other',
      rawFinishReason: 'interrupt',
      approvals: [],
    })
  })

  test('but not if the run was cancelled', async () => {
    const outcome = { type: 'cancelled' }
    expect(await read(text('Hi'), finished({ outcome }))).toMatchObject({
      status: 'error',
      text: 'Hi',
      error: { kind: 'truncated' },
    })
  })
})

test('the failure of a subagent does not fail the run', async () => {
  const error = { type: 'SUBAGENT_ERROR', subagentRunId: 's', message: 'No luck.' }
  expect(await read(started, error, text('Hi'), finished())).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
})

test('the reason and the usage of older servers of TanStack AI', async () => {
  const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3 }
  expect(await read(text('Hi'), finished({ finishReason: 'length', usage }))).toMatchObject({
    status: 'complete',
    finishReason: 'length',
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  })
})

test('RUN_ERROR is an error', async () => {
  const error = { type: 'RUN_ERROR', message: 'No luck.', code: 'rate_limit' }
  expect(await read(started, text('Half'), error)).toMatchObject({
    status: 'error',
    text: 'Half',
    error: { kind: 'api', message: 'No luck.', code: 'rate_limit', type: undefined },
  })
})

test('fields in snake case, as some servers in Python send them', async () => {
  const outcome = await read(
    { type: 'RUN_STARTED', thread_id: 't', run_id: 'run_1' },
    { type: 'TEXT_MESSAGE_START', message_id: 'u', role: 'user' },
    { type: 'TEXT_MESSAGE_CONTENT', message_id: 'u', delta: 'Question?' },
    { type: 'TEXT_MESSAGE_CONTENT', message_id: 'm', delta: 'Hi' },
    { type: 'TOOL_CALL_START', tool_call_id: 'c1', tool_call_name: 'f' },
    { type: 'TOOL_CALL_ARGS', tool_call_id: 'c1', delta: '{"some_key":1}' },
    { type: 'TOOL_CALL_END', tool_call_id: 'c1' },
    { type: 'TOOL_CALL_START', tool_call_id: 'c2', tool_call_name: 'g' },
    { type: 'TOOL_CALL_END', tool_call_id: 'c2' },
    finished({ usage: [{ input_tokens: 1, output_tokens: 2 }] }),
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'Hi',
    responseId: 'run_1',
    toolCalls: [
      { id: 'c1', name: 'f', arguments: '{"some_key":1}' },
      { id: 'c2', name: 'g' },
    ],
    usage: { inputTokens: 1, outputTokens: 2 },
  })
})

describe('as lines of JSON', () => {
  const events = [started, text('Hi'), finished()]
  const options = { ...format, contentType: 'application/x-ndjson' }

  test('bare', async () => {
    const body = events.map((event) => `${JSON.stringify(event)}\n`).join('')
    expect(await readEveryWay(body, options)).toMatchObject({ status: 'complete', text: 'Hi' })
  })

  test('wrapped with an offset', async () => {
    const body = events.map((chunk, id) => `${JSON.stringify({ id: `o${id}`, chunk })}\n`).join('')
    expect(await readEveryWay(body, options)).toMatchObject({ status: 'complete', text: 'Hi' })
  })
})

test('fields of the wrong type are treated as missing', async () => {
  const odd: unknown[] = [null, 1, [], {}, '__proto__']
  const events = odd.flatMap((value) => [
    { type: 'TEXT_MESSAGE_START', messageId: value, role: 'assistant' },
    { type: 'TEXT_MESSAGE_CONTENT', messageId: value, delta: value },
    { type: 'TOOL_CALL_ARGS', toolCallId: value, delta: value },
    { type: 'TOOL_CALL_RESULT', toolCallId: value, content: value },
    { type: 'RUN_STARTED', runId: value, metadata: value },
    { type: 'CUSTOM', name: value, value },
    {
      type: 'MESSAGES_SNAPSHOT',
      messages: [value, { role: 'assistant', content: value, toolCalls: [value] }],
    },
  ])
  const last = finished({ outcome: 1, usage: [null, 1, { inputTokens: 'x' }] })
  expect(await read(...events, last)).toMatchObject({ status: 'complete', text: '__proto__' })
})
