import { describe, expect, test } from 'vitest'
import { deepFreeze, foldingChat, foldingResponses } from '../support/folding.ts'
import {
  argumentsDelta,
  functionCall,
  itemAdded,
  itemDone,
  message,
} from '../support/responses-items.ts'
import { chatChunk, completed, textDelta } from '../support/wire-text.ts'

describe('a snapshot shares everything unchanged with the previous one', () => {
  test('all of it, if nothing changed', () => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('Hi'))
    const before = snapshot()
    expect(snapshot()).toBe(before)
    read({ type: 'response.keepalive' }, textDelta(''))
    expect(snapshot()).toBe(before)
  })

  test('the items that no event was about', () => {
    const { read, snapshot } = foldingResponses()
    read(
      itemDone(0, message('Done.')),
      textDelta('Li', 1),
      itemDone(2, functionCall('a', 'f', '{}')),
    )
    const before = snapshot()
    read(textDelta('ve', 1))
    const after = snapshot()
    expect(after.text).toBe('Done.Live')
    expect(after.output[0]).toBe(before.output[0])
    expect(after.output[1]).not.toBe(before.output[1])
    expect(after.output[2]).toBe(before.output[2])
    expect(after.toolCalls).toBe(before.toolCalls)
  })

  test('the parts of a message that no event was about', () => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('one', 0, 0), textDelta('two', 0, 1))
    const [before] = snapshot().output
    read(textDelta('!', 0, 1))
    const [after] = snapshot().output
    if (before?.type !== 'message' || after?.type !== 'message') throw new Error('no message')
    expect(after.content[0]).toBe(before.content[0])
    expect(after.content[1]).not.toBe(before.content[1])
  })

  test('the tool calls next to the one that grows', () => {
    const { read, snapshot } = foldingResponses()
    read(itemAdded(0, functionCall('a', 'f', '', 'in_progress')), argumentsDelta('{}', 0))
    read(itemAdded(1, functionCall('b', 'g', '', 'in_progress')), argumentsDelta('{', 1))
    const before = snapshot()
    read(argumentsDelta('}', 1))
    const after = snapshot()
    expect(after.toolCalls.map((call) => call.arguments)).toEqual(['{}', '{}'])
    expect(after.toolCalls[0]).toBe(before.toolCalls[0])
    expect(after.toolCalls[1]).not.toBe(before.toolCalls[1])
  })

  test('the tool calls that an earlier item has moved', () => {
    const { read, snapshot } = foldingResponses()
    read(itemDone(1, functionCall('a', 'f', '{}')))
    const before = snapshot()
    read(itemDone(0, message('First.')))
    const after = snapshot()
    expect(after.output).toHaveLength(2)
    expect(after.toolCalls[0]).toBe(before.toolCalls[0])
    expect(after.toolCalls).toBe(before.toolCalls)
  })

  test('the items that an authoritative repetition does not change', () => {
    const { read, snapshot } = foldingResponses()
    const items = [message('Hi'), functionCall('a', 'f', '{}')]
    read(itemDone(0, items[0]!), itemDone(1, items[1]!))
    const before = snapshot()
    read(completed(structuredClone(items)))
    const after = snapshot()
    expect(after.output).toEqual(before.output)
    expect(after.output[0]).toBe(before.output[0])
    expect(after.toolCalls).toBe(before.toolCalls)
  })

  test('the choices that did not grow', () => {
    const { read, snapshot } = foldingChat()
    const choice = (index: number, content: string) => ({
      choices: [{ index, delta: { content } }],
    })
    read(choice(0, 'a'), choice(1, 'b'))
    const before = snapshot().choices
    read(choice(1, 'c'))
    const after = snapshot().choices
    expect(after?.map(({ text }) => text)).toEqual(['a', 'bc'])
    expect(after?.[0]?.output).toBe(before?.[0]?.output)
    expect(after?.[0]).toBe(before?.[0])
  })
})

test('a tool call is never mistaken for another when an earlier item changes its type', () => {
  const { read, snapshot } = foldingResponses()
  read(itemDone(0, functionCall('a', 'f', '{}')), itemDone(1, functionCall('b', 'g', '{}')))
  snapshot()
  read(itemDone(0, message('Not a call after all.')))
  expect(snapshot().toolCalls.map(({ id, name }) => [id, name])).toEqual([['b', 'g']])
})

describe('a published snapshot is never modified', () => {
  test('whatever the Responses API sends after it', () => {
    const { fold, read, snapshot } = foldingResponses()
    const events = [
      itemAdded(0, { type: 'reasoning', summary: [] }),
      {
        type: 'response.reasoning_summary_text.delta',
        output_index: 0,
        summary_index: 0,
        delta: 'H',
      },
      {
        type: 'response.reasoning_summary_text.done',
        output_index: 0,
        summary_index: 0,
        text: 'Hm',
      },
      itemAdded(1, message()),
      textDelta('He', 1, 0),
      textDelta('llo', 1, 0),
      textDelta('!', 1, 1),
      { type: 'response.refusal.delta', output_index: 1, content_index: 2, delta: 'No' },
      { type: 'response.output_text.done', output_index: 1, content_index: 0, text: 'Hallo' },
      itemAdded(2, functionCall('a', 'f', '', 'in_progress')),
      argumentsDelta('{', 2),
      argumentsDelta('}', 2),
      itemDone(1, message('Hallo', '!')),
      itemDone(2, functionCall('a', 'f', '{}')),
    ]
    const shown: { now: unknown; then: unknown }[] = []
    // Every event is frozen too, because values from the wire may be shared with onEvent.
    for (const event of events) {
      read(deepFreeze(event))
      const now = deepFreeze(snapshot())
      shown.push({ now, then: structuredClone(now) })
    }
    read(deepFreeze(completed([message('Hallo', '!')])))
    fold.close(true)
    snapshot()
    for (const { now, then } of shown) expect(now).toEqual(then)
  })

  test('whatever Chat Completions send after it', () => {
    const { fold, read, snapshot } = foldingChat()
    const call = (index: number, fields: object) =>
      chatChunk({ tool_calls: [{ index, ...fields }] })
    const chunks = [
      chatChunk({ role: 'assistant', reasoning_content: 'H' }),
      chatChunk({ reasoning_content: 'm' }),
      chatChunk({ content: 'He' }),
      chatChunk({ content: 'llo', refusal: 'N' }),
      chatChunk({ refusal: 'o' }),
      call(0, { id: 'a', function: { name: 'f', arguments: '' } }),
      call(0, { function: { arguments: '{' } }),
      call(1, { id: 'b', function: { name: 'g', arguments: '{' } }),
      call(0, { function: { arguments: '}' } }),
      chatChunk({}, 'tool_calls'),
      { choices: [], usage: { total_tokens: 3 } },
    ]
    const shown: { now: unknown; then: unknown }[] = []
    for (const chunk of chunks) {
      read(deepFreeze(chunk))
      const now = deepFreeze(snapshot())
      shown.push({ now, then: structuredClone(now) })
    }
    fold.close(true)
    expect(snapshot().toolCalls).toMatchObject([
      { id: 'a', arguments: '{}' },
      { id: 'b', arguments: '{' },
    ])
    for (const { now, then } of shown) expect(now).toEqual(then)
  })
})
