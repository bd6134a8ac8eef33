import { describe, expect, test } from 'vitest'
import { finished, read, text } from './support/ag-ui-events.ts'

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
