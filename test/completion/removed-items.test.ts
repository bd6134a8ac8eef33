import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CompletionFold } from '../../src/completion/fold.ts'
import type { ContentEvent } from '../../src/formats/vocabulary/completion-event.ts'
import { deepFreeze } from '../support/folding.ts'

const say = (item: number, delta: string): ContentEvent => ({
  type: 'delta',
  choice: 0,
  item,
  channel: 'output_text',
  part: 0,
  delta,
})
const remove = (item: number): ContentEvent => ({ type: 'item-removed', choice: 0, item })

function fold(events: readonly ContentEvent[], snapshotEach = false) {
  const fold = new CompletionFold()
  for (const event of events) {
    fold.apply(event)
    if (snapshotEach) deepFreeze(fold.snapshot())
  }
  return fold
}

test('a removed item is in no later state, and stays in every earlier one', () => {
  const running = fold([say(0, 'One. '), say(1, 'Half')])
  const before = running.snapshot()
  running.apply(remove(1))
  const after = running.snapshot()
  expect(before.text).toBe('One. Half')
  expect(after.text).toBe('One. ')
  expect(after.output[0]).toBe(before.output[0])
  expect(running.textLength).toBe('One. '.length)
})

test('removing a missing item changes nothing', () => {
  const running = fold([say(0, 'One.')])
  const before = running.snapshot()
  running.apply(remove(7))
  expect(running.snapshot()).toBe(before)
})

test('after items are removed, the state equals that of a run that never had them', () => {
  const event = fc.tuple(fc.nat(3), fc.constantFrom('a', 'bc', '')).map(([i, d]) => say(i, d))
  fc.assert(
    fc.property(fc.array(event), fc.subarray([0, 1, 2, 3]), fc.boolean(), (events, gone, each) => {
      const removed = fold([...events, ...gone.map(remove)], each)
      const without = fold(
        events.filter((event) => event.type !== 'delta' || !gone.includes(event.item)),
      )
      removed.changed = true
      without.changed = true
      expect(removed.snapshot().output).toEqual(without.snapshot().output)
      expect(removed.textLength).toBe(without.textLength)
    }),
    { numRuns: 200 },
  )
})
