// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { foldingChat, foldingResponses } from '../support/folding.ts'
import { functionCall, itemDone } from '../support/responses-items.ts'

function closed(proper: boolean, raw: string | undefined, ...items: object[]) {
  const { fold, read, snapshot } = foldingResponses()
  read(...items.map((item, index) => itemDone(index, item)))
  if (raw) fold.apply({ type: 'choice', choice: 0, raw })
  fold.close(proper)
  return snapshot()
}
const after = (...items: object[]) => closed(true, 'completed', ...items)

const action = { commands: ['ls'], timeout_ms: null }
const shell = (environment: unknown) => ({
  type: 'shell_call',
  id: 'sh_1',
  call_id: 'call_s',
  status: 'completed',
  action,
  environment,
})

describe('calls of provider-defined tools that the app runs include', () => {
  test.each([
    {
      type: 'apply_patch_call',
      name: 'apply_patch',
      operation: { type: 'delete_file', path: 'a' },
    },
    { type: 'local_shell_call', name: 'local_shell', action: { type: 'exec', command: ['ls'] } },
    { type: 'computer_call', name: 'computer', action: { type: 'screenshot' } },
    { type: 'computer_call', name: 'computer', actions: [{ type: 'screenshot' }] },
    {
      type: 'tool_search_call',
      name: 'tool_search',
      execution: 'client',
      arguments: { query: 'tides' },
    },
  ])('$type is a tool call with its action as arguments', ({ name, ...fields }) => {
    const item = { id: 'i_1', call_id: 'call_1', status: 'completed', ...fields }
    const { toolCalls, finishReason } = after(item)
    const { operation, action, actions, arguments: given } = item as Record<string, unknown>
    const input = operation ?? action ?? actions ?? given
    expect(toolCalls).toMatchObject([
      { id: 'call_1', type: fields.type, name, arguments: JSON.stringify(input), input },
    ])
    expect(toolCalls[0]!.status).toBe('completed')
    expect(finishReason).toBe('tool-calls')
  })

  test.each([{ type: 'local' }, null, undefined])(
    'a shell with the environment %j',
    (environment) => {
      expect(after(shell(environment))).toMatchObject({
        toolCalls: [{ id: 'call_s', type: 'shell_call', name: 'shell', input: action }],
        finishReason: 'tool-calls',
      })
    },
  )

  test.each([{ type: 'container_reference', container_id: 'c' }, { type: 'container_auto' }])(
    "not a shell in the provider's container (%j)",
    (environment) => {
      expect(after(shell(environment))).toMatchObject({ toolCalls: [], finishReason: 'stop' })
    },
  )

  test('not a tool search that the provider ran', () => {
    const item = { type: 'tool_search_call', id: 't', call_id: null, status: 'completed' }
    const arguments_ = { paths: ['tides'] }
    expect(after({ ...item, execution: 'server', arguments: arguments_ })).toMatchObject({
      toolCalls: [],
      finishReason: 'stop',
    })
  })

  test('not a call whose output follows', () => {
    const output = { type: 'shell_call_output', id: 'o', call_id: 'call_s', output: [] }
    expect(after(shell(null), output)).toMatchObject({ toolCalls: [], finishReason: 'stop' })
  })
})

test('a call has the fields that its output must repeat', () => {
  const caller = { type: 'program', caller_id: 'prog_1' }
  const { toolCalls } = after(
    { ...functionCall('a', 'f', '{}'), caller, namespace: 'crm', async: true },
    { ...functionCall('b', 'g', '{}'), caller: null },
  )
  expect(toolCalls[0]).toMatchObject({ caller, namespace: 'crm', async: true })
  expect(Object.keys(toolCalls[1]!)).toEqual(['id', 'type', 'name', 'arguments', 'status'])
})

describe('a call is completed only if it arrived completely in a run that ended properly', () => {
  test('a complete call in a run that was cut is incomplete', () => {
    const { toolCalls } = closed(false, undefined, functionCall('a', 'f', '{"q":1}'))
    expect(toolCalls).toMatchObject([{ arguments: '{"q":1}', status: 'incomplete' }])
  })

  test.each(['{"q":', '{"q":1', 'nonsense'])(
    'a call whose arguments are %s is incomplete',
    (text) => {
      expect(after(functionCall('a', 'f', text)).toolCalls[0]!.status).toBe('incomplete')
    },
  )

  test('a call without arguments is completed, and its arguments are a string', () => {
    const { read, snapshot, fold } = foldingResponses()
    const item = { type: 'function_call', id: 'fc_1', call_id: 'a', name: 'f' }
    read({ type: 'response.output_item.added', output_index: 0, item })
    read({ type: 'response.output_item.done', output_index: 0, item })
    fold.close(true)
    const [call] = snapshot().toolCalls
    expect(call).toMatchObject({ arguments: '', status: 'completed' })
    expect(call!.input).toBeUndefined()
  })

  test('a custom call is free text and always completed', () => {
    const item = { type: 'custom_tool_call', id: 'c', call_id: 'a', name: 'f', input: '{"q":' }
    expect(after(item).toolCalls).toMatchObject([{ type: 'custom', status: 'completed' }])
  })
})

test('a stream that ends properly without a reason gets the reason tool-calls if calls wait', () => {
  const { fold, read, snapshot } = foldingChat()
  const call = { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }
  read({ choices: [{ index: 0, delta: { tool_calls: [call] } }] })
  expect(snapshot().finishReason).toBeUndefined()
  fold.close(true)
  expect(snapshot()).toMatchObject({ finishReason: 'tool-calls', rawFinishReason: undefined })
})

test('a stream that was cut has no reason, even if calls wait', () => {
  const { finishReason } = closed(false, undefined, functionCall('a', 'f', '{}'))
  expect(finishReason).toBeUndefined()
})
