// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { defineFormat, type FormatOutput } from '../../src/core.ts'
import { folding, foldingResponses } from '../support/folding.ts'
import { functionCall, itemDone } from '../support/responses-items.ts'

const request = {
  id: 'mcpr_1',
  type: 'mcp_approval_request',
  name: 'delete_file',
  arguments: '{"path":"/tmp"}',
  server_label: 'files',
}
const stopped = { type: 'choice', choice: 0, raw: 'completed' } as const

/** The state after these items, in a run that ended properly. */
function after(...items: object[]) {
  const { fold, read, snapshot } = foldingResponses()
  read(...items.map((item, index) => itemDone(index, item)))
  fold.apply(stopped)
  fold.close(true)
  return snapshot()
}

describe('a hosted tool that must be approved', () => {
  test('is the only thing that waits for the user', () => {
    const { approvals, finishReason, toolCalls, output } = after(request)
    expect(approvals).toEqual([
      {
        id: 'mcpr_1',
        name: 'delete_file',
        arguments: '{"path":"/tmp"}',
        message: undefined,
        item: output[0],
      },
    ])
    expect(approvals[0]!.input).toEqual({ path: '/tmp' })
    expect(toolCalls).toEqual([])
    expect(finishReason).toBe('approval')
  })

  test('next to a call of the app, the tools run first', () => {
    const { approvals, finishReason } = after(request, functionCall('a', 'f', '{}'))
    expect(approvals).toHaveLength(1)
    expect(finishReason).toBe('tool-calls')
  })

  test.each([
    { type: 'mcp_approval_response', id: 'x', approval_request_id: 'mcpr_1', approve: false },
    { type: 'mcp_call', id: 'x', approval_request_id: 'mcpr_1', name: 'delete_file' },
  ])('no longer waits once a $type refers to it', (answer) => {
    expect(after(request, answer)).toMatchObject({ approvals: [], finishReason: 'stop' })
  })

  test('keeps its identity while it does not change', () => {
    const { read, snapshot } = foldingResponses()
    read(itemDone(0, request))
    const [before] = snapshot().approvals
    read({ type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'Hm' })
    expect(snapshot().text).toBe('Hm')
    expect(snapshot().approvals[0]).toBe(before)
  })
})

test('the safety checks of a computer call are approvals, and the app runs the call', () => {
  const action = { type: 'click', x: 1, y: 2, button: 'left' }
  const call = {
    type: 'computer_call',
    id: 'cu_1',
    call_id: 'call_1',
    status: 'completed',
    action,
    pending_safety_checks: [
      { id: 'sc_1', code: 'malicious_instructions', message: 'Look at the page first.' },
      { id: 'sc_2' },
    ],
  }
  const { approvals, toolCalls, finishReason } = after(call)
  expect(approvals).toMatchObject([
    { id: 'sc_1', name: 'computer', message: 'Look at the page first.', input: action },
    { id: 'sc_2', name: 'computer', message: undefined },
  ])
  expect(toolCalls).toMatchObject([{ id: 'call_1', type: 'computer_call', input: action }])
  expect(finishReason).toBe('tool-calls')
  const output = { type: 'computer_call_output', call_id: 'call_1', output: {} }
  expect(after(call, output)).toMatchObject({ approvals: [], toolCalls: [], finishReason: 'stop' })
})

describe('an approval in a custom format', () => {
  function reading(write: (output: FormatOutput) => void) {
    const format = defineFormat({ name: 'own', read: (_, output) => write(output) })
    const { fold, read, snapshot } = folding(format)
    read({})
    fold.close(true)
    return snapshot()
  }
  const call = { id: 'call_1', name: 'send', input: { to: 'x' }, status: 'completed' } as const

  test('has the name and arguments of the waiting call, which the app must not run', () => {
    const { approvals, toolCalls, finishReason, output } = reading((to) => {
      to.toolCall(call)
      to.approval({ id: 'ok_1', callId: 'call_1', message: 'Sure?', raw: { reason: 'policy' } })
      to.finish('tool_calls')
    })
    expect(approvals).toMatchObject([
      { id: 'ok_1', name: 'send', arguments: '{"to":"x"}', input: { to: 'x' }, message: 'Sure?' },
    ])
    expect(approvals[0]!.item).toBe(output[1])
    expect(output[1]).toMatchObject({
      type: 'approval_request',
      call_id: 'call_1',
      reason: 'policy',
    })
    expect(toolCalls).toEqual([])
    expect(finishReason).toBe('approval')
  })

  test('is answered by an output of its call', () => {
    const { approvals, finishReason, toolCalls } = reading((to) => {
      to.toolCall(call)
      to.approval({ id: 'ok_1', callId: 'call_1' })
      to.item('out', { type: 'function_call_output', call_id: 'call_1', output: 'sent' })
      to.finish('stop')
    })
    expect(approvals).toEqual([])
    expect(toolCalls).toHaveLength(1)
    expect(finishReason).toBe('stop')
  })

  test('may exist without a call', () => {
    const { approvals, finishReason } = reading((to) => {
      to.approval({ id: 'q', message: 'Which of the two?' })
      to.finish()
    })
    expect(approvals).toMatchObject([
      { id: 'q', name: '', arguments: '', message: 'Which of the two?' },
    ])
    expect(approvals[0]!.input).toBeUndefined()
    expect(finishReason).toBe('approval')
  })
})
