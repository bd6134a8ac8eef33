import { describe, expect, test } from 'vitest'
import { foldingChat, foldingResponses } from '../support/folding.ts'
import {
  argumentsDelta,
  functionCall,
  itemAdded,
  itemDone,
  message,
  summaryDelta,
  textDone,
} from '../support/responses-items.ts'
import { completed, textDelta } from '../support/wire-text.ts'

describe('an authoritative string', () => {
  test('that equals its deltas changes nothing', () => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('Hel'), textDelta('lo'))
    const before = snapshot()
    read(textDone('Hello'))
    expect(snapshot()).toBe(before)
  })

  test('replaces a longer or shorter text built from deltas', () => {
    for (const text of ['Hello', 'Ha']) {
      const { fold, read, snapshot } = foldingResponses()
      read(textDelta('Hel'), textDone(text))
      expect(snapshot().text).toBe(text)
      expect(fold.textLength).toBe(text.length)
    }
  })

  test('is used if no delta arrived', () => {
    const { read, snapshot } = foldingResponses()
    read(textDone('Hello'))
    expect(snapshot().text).toBe('Hello')
  })

  test('removes nothing if it is empty', () => {
    const { read, snapshot } = foldingResponses()
    read(
      textDelta('Hello'),
      textDone(''),
      summaryDelta('Hm', 1),
      { type: 'response.reasoning_summary_text.done', output_index: 1, summary_index: 0, text: '' },
      argumentsDelta('{}', 2),
      { type: 'response.function_call_arguments.done', output_index: 2, arguments: '' },
    )
    expect(snapshot()).toMatchObject({
      text: 'Hello',
      reasoning: 'Hm',
      toolCalls: [{ arguments: '{}' }],
    })
  })
})

describe('an authoritative item', () => {
  test('replaces the values built from deltas', () => {
    const { fold, read, snapshot } = foldingResponses()
    read(textDelta('Hel'), itemDone(0, message('Hello', ' there')))
    expect(snapshot()).toMatchObject({ text: 'Hello there', output: [{ status: 'completed' }] })
    expect(fold.textLength).toBe('Hello there'.length)
  })

  test('removes nothing if its lists and strings are empty', () => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('Hello'), itemDone(0, message()))
    read(itemAdded(1, functionCall('a', 'f', '', 'in_progress')), argumentsDelta('{}', 1))
    read(itemDone(1, { type: 'function_call', status: 'completed', name: '', arguments: '' }))
    expect(snapshot()).toMatchObject({
      text: 'Hello',
      toolCalls: [{ id: 'a', name: 'f', arguments: '{}', status: 'completed' }],
    })
  })

  test('removes nothing if the text of its part is empty', () => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('Hello'), itemDone(0, message('')))
    expect(snapshot().text).toBe('Hello')
  })

  test('may arrive before its deltas', () => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('Hel'), itemAdded(0, { ...message(), id: 'msg_1', status: 'in_progress' }))
    read(textDelta('lo'))
    expect(snapshot()).toMatchObject({ text: 'Hello', output: [{ id: 'msg_1' }] })
  })
})

describe('the authoritative output', () => {
  test('replaces the items built from events', () => {
    const { fold, read, snapshot } = foldingResponses()
    read(textDelta('Hel'), completed([message('Hello'), functionCall('a', 'f', '{}')]))
    expect(snapshot()).toMatchObject({ text: 'Hello', toolCalls: [{ id: 'a', arguments: '{}' }] })
    expect(fold.textLength).toBe('Hello'.length)
  })

  test('removes nothing if it is empty', () => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('Hello'), completed([]))
    expect(snapshot().text).toBe('Hello')
  })

  test('determines the order of the items', () => {
    const { read, snapshot } = foldingResponses()
    const first = { ...message('one '), id: 'm1' }
    const second = { ...message('two'), id: 'm2' }
    read(itemDone(0, second), itemDone(1, first))
    expect(snapshot().text).toBe('twoone ')
    read(completed([first, second]))
    expect(snapshot().text).toBe('one two')
  })

  test('does not duplicate items that a server renumbers', () => {
    const { read, snapshot } = foldingResponses()
    read(itemDone(3, message('Hello')), itemDone(7, functionCall('a', 'f', '{}')))
    read(completed([message('Hello'), functionCall('a', 'f', '{}')]))
    expect(snapshot()).toMatchObject({ text: 'Hello', toolCalls: [{ id: 'a' }] })
    expect(snapshot().output).toHaveLength(2)
  })
})

test('a delta after the authoritative string still appends', () => {
  const { read, snapshot } = foldingResponses()
  read(textDelta('a'), textDone('ab'), textDelta('c'))
  expect(snapshot().text).toBe('abc')
})

test("a chat's tool call keeps its name and id when later deltas contain empty ones", () => {
  const { read, snapshot } = foldingChat()
  const delta = (call: object) => ({ choices: [{ index: 0, delta: { tool_calls: [call] } }] })
  read(
    delta({ index: 0, id: 'call_1', function: { name: 'f', arguments: '{"a"' } }),
    delta({ index: 0, id: '', function: { name: '', arguments: ':1}' } }),
    delta({ index: 0, id: null, function: { name: null, arguments: null } }),
  )
  expect(snapshot().toolCalls).toMatchObject([{ id: 'call_1', name: 'f', arguments: '{"a":1}' }])
})
