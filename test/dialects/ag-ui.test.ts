import { describe, expect, test } from 'vitest'
import { agUi } from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'
import { data } from '../support/wire-text.ts'

const format = { format: agUi }
const read = (...events: object[]) => readEveryWay(events.map(data).join(''), format)

const started = { type: 'RUN_STARTED', threadId: 't', runId: 'run_1' }
const finished = (more: object = {}) => ({
  type: 'RUN_FINISHED',
  threadId: 't',
  runId: 'run_1',
  ...more,
})
const text = (delta: string, messageId = 'm') => ({
  type: 'TEXT_MESSAGE_CONTENT',
  messageId,
  delta,
})

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

describe('an interrupt', () => {
  const call = (toolCallId: string) => [
    { type: 'TOOL_CALL_START', toolCallId, toolCallName: 'erase' },
    { type: 'TOOL_CALL_ARGS', toolCallId, delta: '{"path":"a"}' },
    { type: 'TOOL_CALL_END', toolCallId },
  ]
  const interrupted = (...interrupts: object[]) =>
    finished({ outcome: { type: 'interrupt', interrupts } })

  test('waits for the approval of a call that is not for the app', async () => {
    const interrupt = { id: 'i', reason: 'tool_call', message: 'Erase?', toolCallId: 'c' }
    const outcome = await read(...call('c'), interrupted(interrupt))
    expect(outcome).toMatchObject({
      status: 'complete',
      finishReason: 'approval',
      rawFinishReason: 'interrupt',
      toolCalls: [],
      approvals: [{ id: 'i', name: 'erase', arguments: '{"path":"a"}', message: 'Erase?' }],
    })
    expect(outcome.approvals[0]?.input).toEqual({ path: 'a' })
    expect(outcome.approvals[0]?.item).toMatchObject({ reason: 'tool_call' })
  })

  test('waits for an answer without a call, in snake case too', async () => {
    const interrupt = { id: 'i', reason: 'confirm', response_schema: { type: 'boolean' } }
    const outcome = await read(text('Hi'), interrupted(interrupt))
    expect(outcome).toMatchObject({
      text: 'Hi',
      finishReason: 'approval',
      approvals: [{ id: 'i', name: '', item: { responseSchema: { type: 'boolean' } } }],
    })
  })

  test('is a tool call if TanStack AI waits for a tool of the app', async () => {
    const reason = 'tanstack:client_tool_execution'
    const forApp = { id: 'client_tool_c', reason, toolCallId: 'c' }
    expect(await read(...call('c'), interrupted(forApp))).toMatchObject({
      finishReason: 'tool-calls',
      toolCalls: [{ id: 'c', status: 'completed' }],
      approvals: [],
    })
    const forUser = { id: 'approval_d', reason: 'tool_call', toolCallId: 'd' }
    expect(await read(...call('c'), ...call('d'), interrupted(forApp, forUser))).toMatchObject({
      finishReason: 'tool-calls',
      toolCalls: [{ id: 'c' }],
      approvals: [{ id: 'approval_d' }],
    })
  })
})

describe('a custom event that asks the user', () => {
  const custom = (name: string, value: unknown, rawEvent?: object) => ({
    type: 'CUSTOM',
    name,
    value,
    ...(rawEvent && { rawEvent }),
  })
  const asks = (value: unknown, id?: string) =>
    custom(
      'on_interrupt',
      typeof value === 'string' ? value : JSON.stringify(value),
      id === undefined ? undefined : { id, value },
    )

  test('with text, as LangGraph’s servers send it', async () => {
    const outcome = await read(text('Hi'), asks('Book it?', 'i'), finished())
    expect(outcome).toMatchObject({
      status: 'complete',
      text: 'Hi',
      finishReason: 'approval',
      rawFinishReason: 'interrupt',
      approvals: [{ id: 'i', name: '', arguments: '', message: 'Book it?' }],
    })
    expect(outcome.approvals[0]?.item).toMatchObject({ rawEvent: { value: 'Book it?' } })
  })

  test('several times, with and without identifiers', async () => {
    const same = [
      asks('Go on?', 'i'),
      asks('Go on?', 'j'),
      asks('Go on?'),
      asks({ message: 'Now?' }),
    ]
    expect((await read(...same, finished())).approvals).toMatchObject([
      { id: 'i' },
      { id: 'j' },
      { id: 'interrupt_2', message: 'Go on?' },
      { id: 'interrupt_3', message: 'Now?' },
    ])
  })

  test('once, if the outcome repeats it', async () => {
    const interrupts = [{ id: 'i', reason: 'langgraph:interrupt', message: 'Book it?' }]
    const last = finished({ outcome: { type: 'interrupt', interrupts } })
    const { approvals } = await read(asks('Book it?', 'i'), last)
    expect(approvals).toMatchObject([{ id: 'i', message: 'Book it?' }])
  })

  test('about the one call that LangChain’s middleware lists', async () => {
    const call = (name: string) => ({ name, args: { to: 'Ann' }, description: `Run ${name}?` })
    const list = (...names: string[]) => ({ action_requests: names.map(call) })
    const [one, two] = [asks(list('mail'), 'i'), asks(list('mail', 'erase'), 'j')]
    expect((await read(one, two, finished())).approvals).toMatchObject([
      { id: 'i', name: 'mail', arguments: '{"to":"Ann"}', message: 'Run mail?' },
      { id: 'j', name: '', arguments: '' },
    ])
    const interrupts = [{ id: 'k', metadata: { langgraph: { raw: list('post') } } }]
    const last = finished({ outcome: { type: 'interrupt', interrupts } })
    expect((await read(last)).approvals).toMatchObject([
      { id: 'k', name: 'post', arguments: '{"to":"Ann"}', message: 'Run post?' },
    ])
  })

  test('about a call of the stream, which is not for the app', async () => {
    const suspended = {
      type: 'mastra_suspend',
      toolCallId: 'c',
      toolName: 'book',
      args: { room: 1 },
    }
    const call = [
      { type: 'TOOL_CALL_START', toolCallId: 'c', toolCallName: 'book' },
      { type: 'TOOL_CALL_ARGS', toolCallId: 'c', delta: '{"room":1}' },
      { type: 'TOOL_CALL_END', toolCallId: 'c' },
    ]
    const waiting = {
      finishReason: 'approval',
      toolCalls: [],
      approvals: [{ id: 'c', name: 'book', arguments: '{"room":1}' }],
    }
    const outcome = {
      type: 'interrupt',
      interrupts: [{ id: 'run::c', toolCallId: 'c', metadata: { mastra: suspended } }],
    }
    expect(await read(...call, asks(suspended), finished())).toMatchObject(waiting)
    expect(await read(...call, asks(suspended), finished({ outcome }))).toMatchObject({
      ...waiting,
      approvals: [{ ...waiting.approvals[0], id: 'run::c' }],
    })
    expect(await read(asks(suspended), finished())).toMatchObject(waiting)
    const approval = { id: 'a', needsApproval: true }
    const tanstack = custom('approval-requested', { toolCallId: 'c', toolName: 'book', approval })
    const last = finished({ finishReason: 'tool_calls' })
    for (const events of [
      [tanstack, last],
      [last, tanstack],
    ]) {
      expect(await read(...call, ...events)).toMatchObject({
        ...waiting,
        approvals: [{ id: 'a', name: 'book', arguments: '{"room":1}' }],
      })
    }
  })

  test('but no other custom event does', async () => {
    const outcome = await read(custom('PredictState', 'Book it?'), text('Hi'), finished())
    expect(outcome).toMatchObject({ text: 'Hi', finishReason: undefined, approvals: [] })
  })
})

describe('a snapshot of the conversation', () => {
  const user = { id: 'u', role: 'user', content: 'Question?' }
  const answer = (content: unknown, id = 'm') => ({ id, role: 'assistant', content })
  const snapshot = (...messages: object[]) => ({ type: 'MESSAGES_SNAPSHOT', messages })
  const textOf = async (...events: object[]) => (await read(...events, finished())).text

  test('has the answer of an agent that did not stream it', async () => {
    const old = [{ ...user, id: 'u0' }, answer('Old.', 'm0')]
    expect(await textOf(snapshot(...old, user, answer('Hi')))).toBe('Hi')
    expect(await textOf(snapshot(...old, user, answer([{ type: 'text', text: 'Hi' }])))).toBe('Hi')
    expect(await textOf(snapshot(...old, user))).toBe('')
    expect(await textOf(snapshot(answer('Hi')))).toBe('Hi')
  })

  test('adds the messages after the streamed one, and none before it', async () => {
    const all = snapshot(user, answer('Old.', 'm0'), answer('Hi'), answer('Bye.', 'm2'))
    expect(await textOf(text('Hi'), all)).toBe('HiBye.')
    expect(await textOf(text('Hi'), snapshot(user, answer('Hi')))).toBe('Hi')
    expect(await textOf(snapshot(user), text('Hi'), snapshot(user, answer('Hi', 'lc-1')))).toBe(
      'Hi',
    )
  })

  test('has calls, outputs and reasoning too', async () => {
    const call = (id: string) => ({
      id,
      type: 'function',
      function: { name: 'f', arguments: '{}' },
    })
    const outcome = await read(
      snapshot(
        user,
        { id: 'r', role: 'reasoning', content: 'Hm.' },
        { ...answer(''), tool_calls: [call('a'), call('b')] },
        { id: 't', role: 'tool', tool_call_id: 'a', content: '20' },
      ),
      finished(),
    )
    expect(outcome).toMatchObject({
      finishReason: 'tool-calls',
      reasoning: 'Hm.',
      toolCalls: [{ id: 'a' }, { id: 'b', name: 'f', arguments: '{}', status: 'completed' }],
    })
    expect(outcome.output).toContainEqual(
      expect.objectContaining({ type: 'function_call_output', call_id: 'a', output: '20' }),
    )
  })
})

describe('runs that a server has stored', () => {
  const run = (id: string, ...events: object[]) => [
    { type: 'RUN_STARTED', threadId: 't', runId: id, input: { messages: [] } },
    ...events,
  ]
  const usage = [{ inputTokens: 1, outputTokens: 2 }]

  test('are reduced to the last one, which may be open', async () => {
    const first = run('1', { ...text('Old.'), messageId: 'm0' }, finished({ usage }))
    expect(await read(...first)).toMatchObject({ status: 'complete', text: 'Old.' })
    expect(await read(...first, ...run('2', text('Hi'), finished({ usage })))).toMatchObject({
      status: 'complete',
      text: 'Hi',
      usage: { outputTokens: 2 },
    })
    expect(await read(...first, ...run('2', text('Hi')))).toMatchObject({
      text: 'Hi',
      error: { kind: 'truncated' },
    })
    const error = { type: 'RUN_ERROR', message: 'No luck.' }
    expect(await read(...first, ...run('2', error))).toMatchObject({
      text: '',
      error: { kind: 'api' },
    })
  })

  test('do not wait for approvals that were answered since', async () => {
    const outcome = { type: 'interrupt', interrupts: [{ id: 'i', message: 'Book it?' }] }
    const first = run('1', finished({ outcome }))
    expect(await read(...first)).toMatchObject({
      finishReason: 'approval',
      approvals: [{ id: 'i' }],
    })
    expect(await read(...first, ...run('2', text('Hi'), finished()))).toMatchObject({
      text: 'Hi',
      finishReason: undefined,
      approvals: [],
    })
  })

  test('are one run if its start is repeated', async () => {
    const started = run('1')
    expect(await read(...started, text('Hi'), ...started, finished())).toMatchObject({ text: 'Hi' })
  })
})

describe('a call without a result', () => {
  const call = [
    { type: 'TOOL_CALL_START', toolCallId: 'c', toolCallName: 'f', parentMessageId: 'p' },
    { type: 'TOOL_CALL_ARGS', toolCallId: 'c', delta: '{}' },
    { type: 'TOOL_CALL_END', toolCallId: 'c' },
  ]

  test('was answered if the model wrote another message after it', async () => {
    const outcome = await read(...call, text('Hi'), finished())
    expect(outcome).toMatchObject({ text: 'Hi', finishReason: undefined })
    expect(outcome.output).toContainEqual(
      expect.objectContaining({ type: 'function_call_output', call_id: 'c', status: 'incomplete' }),
    )
    const stop = finished({ finishReason: 'stop' })
    expect(await read(...call, text('Hi'), stop)).toMatchObject({ finishReason: 'stop' })
  })

  test('waits for the app otherwise', async () => {
    const waiting = { finishReason: 'tool-calls', toolCalls: [{ id: 'c', status: 'completed' }] }
    expect(await read(text('Hi'), ...call, text('!'), finished())).toMatchObject(waiting)
    expect(await read(...call, { ...text('Hi'), messageId: 'p' }, finished())).toMatchObject(
      waiting,
    )
    const last = finished({ finishReason: 'tool-calls' })
    expect(await read(...call, text('Hi'), last)).toMatchObject(waiting)
  })

  test('waits for the user if the run was interrupted for it', async () => {
    const interrupts = [{ id: 'i', toolCallId: 'c' }]
    const last = finished({ outcome: { type: 'interrupt', interrupts } })
    expect(await read(...call, text('Hi'), last)).toMatchObject({
      finishReason: 'approval',
      approvals: [{ id: 'i' }],
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
