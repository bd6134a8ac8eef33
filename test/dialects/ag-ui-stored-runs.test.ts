import { describe, expect, test } from 'vitest'
import { finished, read, text } from './support/ag-ui-events.ts'

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
