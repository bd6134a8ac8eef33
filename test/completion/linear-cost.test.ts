import { describe, expect, test } from 'vitest'
import { foldingChat, foldingResponses } from '../support/folding.ts'
import { functionCall, itemDone } from '../support/responses-items.ts'
import { chatChunk, completed, textDelta } from '../support/wire-text.ts'

/**
 * How much more processor time eight times the work takes: about 8 where the cost is linear, about 64
 * where it is quadratic. Other work on the machine only ever adds to a run, so the best run of each size
 * counts, and where the first runs were disturbed there are more of them.
 */
function growth(work: (size: number) => void, size: number): number {
  const timeOf = (size: number) => {
    const start = process.cpuUsage()
    work(size)
    const { user, system } = process.cpuUsage(start)
    return user + system
  }
  let [small, large] = [Infinity, Infinity]
  for (let round = 0; round < 12; round++) {
    small = Math.min(small, timeOf(size))
    large = Math.min(large, timeOf(size * 8))
    if (round > 0 && large / small < linear) break
  }
  return large / small
}

const linear = 24

describe('eight times as much costs about eight times as much', { timeout: 60_000 }, () => {
  test('deltas of one text, with a snapshot every hundred', () => {
    const cost = growth((size) => {
      const { read, snapshot } = foldingResponses()
      for (let delta = 0; delta < size; delta++) {
        read(textDelta('word '))
        if (delta % 100 === 0) snapshot()
      }
      expect(snapshot().text).toHaveLength(size * 5)
    }, 8000)
    expect(cost).toBeLessThan(linear)
  })

  test('tool calls of a chat', () => {
    const cost = growth((size) => {
      const { read, snapshot } = foldingChat()
      for (let index = 0; index < size; index++) {
        const tool = (fields: object) => chatChunk({ tool_calls: [{ index, ...fields }] })
        read(tool({ id: `call_${index}`, function: { name: 'f', arguments: '{' } }))
        read(tool({ function: { arguments: '}' } }))
      }
      expect(snapshot().toolCalls).toHaveLength(size)
    }, 2500)
    expect(cost).toBeLessThan(linear)
  })

  test('tool calls of a chat that have no index', () => {
    const cost = growth((size) => {
      const { read, snapshot } = foldingChat()
      for (let index = 0; index < size; index++) {
        read(chatChunk({ tool_calls: [{ id: `call_${index}`, function: { name: 'f' } }] }))
      }
      expect(snapshot().toolCalls).toHaveLength(size)
    }, 2500)
    expect(cost).toBeLessThan(linear)
  })

  test('parts of one message, in turns', () => {
    const cost = growth((size) => {
      const { read, snapshot } = foldingResponses()
      for (let part = 0; part < size; part++) read(textDelta('a', 0, part), textDelta('b', 0, part))
      expect(snapshot().text).toHaveLength(size * 2)
    }, 2500)
    expect(cost).toBeLessThan(linear)
  })
})

describe('10,000 items in an authoritative output are matched without comparing all with all', () => {
  const size = 10_000

  test.each([
    ['under the ids that they have', 'a'],
    ['under new ids', 'b'],
  ])('%s', (_, idInOutput) => {
    let reads = 0
    /** A function call that counts how often its id is looked at. */
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
