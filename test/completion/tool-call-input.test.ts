import { expect, test, vi } from 'vitest'
import type { ToolCall } from '../../src/core.ts'
import { deepFreeze } from '../client/support/deep-freeze.ts'
import { foldingResponses } from '../support/folding.ts'
import { argumentsDelta, functionCall, itemAdded } from '../support/responses-items.ts'

function calling(...deltas: string[]): ToolCall {
  const { read, snapshot } = foldingResponses()
  read(itemAdded(0, functionCall('call_1', 'weather', '', 'in_progress')))
  for (const delta of deltas) read(argumentsDelta(delta))
  return snapshot().toolCalls[0]!
}

test('input is the parsed value of the arguments so far', () => {
  expect(calling().input).toBeUndefined()
  expect(calling('{"city":"Par').input).toEqual({ city: 'Par' })
  expect(calling('{"city":"Par', 'is","days":1').input).toEqual({ city: 'Paris' })
  expect(calling('{"city":"Par', 'is","days":1', '2}').input).toEqual({ city: 'Paris', days: 12 })
  expect(calling('sorry').input).toBeUndefined()
})

test('input is parsed once, when it is read', () => {
  const parse = vi.spyOn(JSON, 'parse')
  const call = deepFreeze(calling('{"days":[1,2]}'))
  expect(JSON.stringify(call)).not.toContain('input')
  parse.mockClear()
  const { input } = call
  expect(call.input).toBe(input)
  expect(parse).toHaveBeenCalledTimes(1)
  parse.mockRestore()
})

test('a state with tool calls can be copied, compared and serialised', () => {
  const call = calling('{"a":1}')
  expect(structuredClone(call)).toEqual({ ...call })
  expect(Object.keys(call)).toEqual(['id', 'type', 'name', 'arguments', 'status'])
  expect(call).toStrictEqual({
    id: 'call_1',
    type: 'function',
    name: 'weather',
    arguments: '{"a":1}',
    status: 'in_progress',
  })
})

test('the input of a custom tool is its text', () => {
  const { read, snapshot } = foldingResponses()
  read(
    itemAdded(0, { type: 'custom_tool_call', id: 'ct_1', call_id: 'c', name: 'sql', input: '{"a' }),
  )
  expect(snapshot().toolCalls[0]!.input).toBe('{"a')
})
