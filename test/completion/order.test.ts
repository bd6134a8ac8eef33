import { describe, expect, test } from 'vitest'
import { foldingChat, foldingResponses } from '../support/folding.ts'
import {
  functionCall,
  itemAdded,
  itemDone,
  message,
  summaryDelta,
} from '../support/responses-items.ts'
import { chatChunk, textDelta } from '../support/wire-text.ts'

describe('output is ordered by index, not by arrival', () => {
  test('items', () => {
    const { read, snapshot } = foldingResponses()
    read(
      textDelta('c', 4),
      textDelta('a', 0),
      textDelta('b', 2),
      textDelta('C', 4),
      textDelta('A', 0),
    )
    expect(snapshot().text).toBe('aAbcC')
  })

  test('parts of an item', () => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('c', 0, 9), textDelta('a', 0, 0), textDelta('b', 0, 3), textDelta('A', 0, 0))
    expect(snapshot().text).toBe('aAbc')
  })

  test('parts of reasoning', () => {
    const { read, snapshot } = foldingResponses()
    read(
      summaryDelta('b', 0, 1),
      summaryDelta('a', 0, 0),
      textDelta('x', 1),
      summaryDelta('B', 0, 1),
    )
    expect(snapshot()).toMatchObject({ reasoning: 'abB', text: 'x' })
  })

  test('tool calls', () => {
    const { read, snapshot } = foldingResponses()
    read(itemDone(2, functionCall('b', 'g', '{}')), itemDone(1, functionCall('a', 'f', '{}')))
    expect(snapshot().toolCalls.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  test('choices', () => {
    const { read, snapshot } = foldingChat()
    const choice = (index: number, content: string) => ({
      choices: [{ index, delta: { content } }],
    })
    read(choice(2, 'c'), choice(0, 'a'), choice(1, 'b'), choice(2, 'C'))
    expect(snapshot().text).toBe('a')
    expect(snapshot().choices?.map(({ index, text }) => [index, text])).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'cC'],
    ])
  })
})

test('a chat has its items in the order in which they began', () => {
  const { read, snapshot } = foldingChat()
  read(
    chatChunk({ reasoning: 'Hm' }),
    chatChunk({ content: 'Hel' }),
    chatChunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] }),
    chatChunk({ content: 'lo' }),
  )
  expect(snapshot().output.map(({ type }) => type)).toEqual([
    'reasoning',
    'message',
    'function_call',
  ])
  expect(snapshot().text).toBe('Hello')
})

describe('items without an output_index are distinguished', () => {
  const withoutIndex = (event: object) => ({ ...event, output_index: undefined })

  test('by their type', () => {
    const { read, snapshot } = foldingResponses()
    read(summaryDelta('Hm'), textDelta('Hel'), summaryDelta('m'), textDelta('lo'))
    expect(snapshot()).toMatchObject({ reasoning: 'Hmm', text: 'Hello' })
  })

  test('as they are added', () => {
    const { read, snapshot } = foldingResponses()
    read(
      withoutIndex(itemAdded(0, { type: 'reasoning', id: 'rs_1', summary: [] })),
      { ...withoutIndex(summaryDelta('Hm')), item_id: 'rs_1' },
      withoutIndex(itemAdded(0, { ...message(), id: 'msg_1' })),
      { ...withoutIndex(textDelta('Hello')), item_id: 'msg_1' },
    )
    expect(snapshot()).toMatchObject({ reasoning: 'Hm', text: 'Hello' })
  })

  test('by their ids if they have the same type', () => {
    const { read, snapshot } = foldingResponses()
    const args = (id: string, delta: string) => ({
      type: 'response.function_call_arguments.delta',
      item_id: `fc_${id}`,
      delta,
    })
    read(
      withoutIndex(itemAdded(0, functionCall('a', 'f', '', 'in_progress'))),
      args('a', '{"n":'),
      withoutIndex(itemAdded(0, functionCall('b', 'g', '', 'in_progress'))),
      args('b', '{"m":'),
      args('a', '1}'),
      args('b', '2}'),
    )
    expect(snapshot().toolCalls).toMatchObject([
      { id: 'a', name: 'f', arguments: '{"n":1}' },
      { id: 'b', name: 'g', arguments: '{"m":2}' },
    ])
  })
})
