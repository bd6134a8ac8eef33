import { describe, expect, test } from 'vitest'
import { foldingChat, foldingResponses } from '../support/folding.ts'
import { costOfWhole, linear } from '../support/cost-of-whole.ts'
import { functionCall, itemDone, summaryDelta } from '../support/responses-items.ts'
import { chatChunk, completed, textDelta } from '../support/wire-text.ts'

describe('the cost of the whole is about that of its eighths', { timeout: 60_000 }, () => {
  test('deltas of one text, with a snapshot every hundred', async () => {
    const cost = await costOfWhole(64000, 8, (size) => {
      const { read, snapshot } = foldingResponses()
      for (let delta = 0; delta < size; delta++) {
        read(textDelta('word '))
        if (delta % 100 === 0) snapshot()
      }
      expect(snapshot().text).toHaveLength(size * 5)
    })
    expect(cost).toBeLessThan(linear(8))
  })

  test('tool calls of a chat', async () => {
    const cost = await costOfWhole(20000, 8, (size) => {
      const { read, snapshot } = foldingChat()
      for (let index = 0; index < size; index++) {
        const tool = (fields: object) => chatChunk({ tool_calls: [{ index, ...fields }] })
        read(tool({ id: `call_${index}`, function: { name: 'f', arguments: '{' } }))
        read(tool({ function: { arguments: '}' } }))
      }
      expect(snapshot().toolCalls).toHaveLength(size)
    })
    expect(cost).toBeLessThan(linear(8))
  })

  test('tool calls of a chat that have no index', async () => {
    const cost = await costOfWhole(20000, 8, (size) => {
      const { read, snapshot } = foldingChat()
      for (let index = 0; index < size; index++) {
        read(chatChunk({ tool_calls: [{ id: `call_${index}`, function: { name: 'f' } }] }))
      }
      expect(snapshot().toolCalls).toHaveLength(size)
    })
    expect(cost).toBeLessThan(linear(8))
  })

  test('items of the output in descending order', async () => {
    const cost = await costOfWhole(32000, 8, (size) => {
      const { read, snapshot } = foldingResponses()
      for (let index = size; index-- > 0;) read(itemDone(index, functionCall(`${index}`, 'f', '')))
      const { toolCalls } = snapshot()
      expect(toolCalls).toHaveLength(size)
      expect(toolCalls[1]!.id).toBe('1')
    })
    expect(cost).toBeLessThan(linear(8))
  })

  test.each<[string, (part: number) => object]>([
    ['a text', (part) => textDelta('a', 0, part)],
    ['a summary', (part) => summaryDelta('a', 0, part)],
  ])('parts of %s in descending order', async (_, delta) => {
    const cost = await costOfWhole(64000, 8, (size) => {
      const { read, snapshot } = foldingResponses()
      for (let part = size; part-- > 0;) read(delta(part))
      const { text, reasoning } = snapshot()
      expect((text + reasoning).replaceAll('\n\n', '')).toHaveLength(size)
    })
    expect(cost).toBeLessThan(linear(8))
  })

  test('choices of a chat in descending order', async () => {
    const cost = await costOfWhole(32000, 8, (size) => {
      const { read, snapshot } = foldingChat()
      for (let index = size; index-- > 0;) {
        read({ choices: [{ index, delta: { content: `${index}` }, finish_reason: null }] })
      }
      const { choices } = snapshot()
      expect(choices).toHaveLength(size)
      expect(choices![1]).toMatchObject({ index: 1, text: '1' })
    })
    expect(cost).toBeLessThan(linear(8))
  })

  test.each(['ascending', 'descending'])('shell commands in %s order', async (order) => {
    const cost = await costOfWhole(10000, 8, (size) => {
      const { read, snapshot } = foldingResponses()
      for (let step = 0; step < size; step++) {
        const index = order === 'ascending' ? step : size - 1 - step
        const event = { item_id: 's', output_index: 0, command_index: index }
        read({ ...event, type: 'response.shell_call_command.delta', delta: 'ls ' })
        read({ ...event, type: 'response.shell_call_command.delta', delta: `${index}` })
      }
      const [item] = snapshot().output as unknown as [{ action: { commands: string[] } }]
      expect(item.action.commands).toHaveLength(size)
      expect(item.action.commands[1]).toBe('ls 1')
    })
    expect(cost).toBeLessThan(linear(8))
  })

  test('log probabilities, with a snapshot after every token', async () => {
    const cost = await costOfWhole(32000, 8, (size) => {
      const { fold, read, snapshot } = foldingResponses()
      for (let delta = 0; delta < size; delta++) {
        read({ ...textDelta('a'), logprobs: [{ token: 'a', logprob: delta }] })
        snapshot()
      }
      fold.close(false)
      expect(snapshot().logprobs).toHaveLength(size)
    })
    expect(cost).toBeLessThan(linear(8))
  })

  test('interleaved parts of one message', async () => {
    const cost = await costOfWhole(20000, 8, (size) => {
      const { read, snapshot } = foldingResponses()
      for (let part = 0; part < size; part++) read(textDelta('a', 0, part), textDelta('b', 0, part))
      expect(snapshot().text).toHaveLength(size * 2)
    })
    expect(cost).toBeLessThan(linear(8))
  })
})

describe('10,000 items in an authoritative output are matched in linear time', () => {
  const size = 10_000

  test.each([
    ['under their own ids', 'a'],
    ['under new ids', 'b'],
  ])('%s', (_, idInOutput) => {
    let reads = 0
    /** A function call that counts how often its id is read. */
    const counting = (name: string) => {
      const { id, ...call } = functionCall(name, 'f', '{}') as { id: string }
      const value = Object.defineProperty(call, 'id', {
        enumerable: true,
        get: () => (reads++, id),
      })
      return value
    }
    const { read, snapshot } = foldingResponses()
    for (let index = 0; index < size; index++) read(itemDone(index, counting(`a${index}`)))
    snapshot()
    reads = 0
    const names = Array.from({ length: size }, (_, index) => `${idInOutput}${index}`)
    read(completed(names.map(counting)))
    expect(snapshot().toolCalls).toHaveLength(size)
    expect(reads).toBeLessThan(20 * size)
  })
})
