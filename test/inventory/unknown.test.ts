// @vitest-environment node
import { expect, test } from 'vitest'
import { deepFreeze, foldingResponses } from '../support/folding.ts'
import { itemAdded, itemDone, message } from '../support/responses-items.ts'
import { completed, textDelta } from '../support/wire-text.ts'

const hologram = {
  type: 'hologram_call',
  id: 'holo_1',
  status: 'projecting',
  content: 'not a list',
  summary: { frames: [1, [2, { three: null }]] },
  arguments: 7,
}

test('an item of an unknown type is kept unchanged', () => {
  const { read, snapshot } = foldingResponses()
  read(deepFreeze(itemAdded(0, hologram)))
  expect(snapshot().output).toEqual([hologram])
  read(textDelta('Hi', 1))
  const before = snapshot()
  const done = { ...hologram, status: 'projected', arguments: 8 }
  read(deepFreeze(itemDone(0, done)))
  expect(snapshot().output[0]).toEqual(done)
  expect(snapshot()).toMatchObject({ text: 'Hi', toolCalls: [] })
  read(deepFreeze(completed([done, message('Hi')])))
  expect(snapshot().output[0]).toEqual(done)
  expect(before.output[0]).toEqual(hologram)
})

test('a part of an unknown type is kept and is not text', () => {
  const { read, snapshot } = foldingResponses()
  const content = [
    { type: 'output_hologram', frames: 3 },
    { type: 'output_text', text: 'Hi', annotations: [] },
  ]
  read(itemDone(0, { type: 'message', status: 'completed', content }))
  expect(snapshot().text).toBe('Hi')
  expect(snapshot().output).toMatchObject([{ content }])
})

test.each([
  'response.hologram_call.projecting',
  'response.steer.accepted',
  'response.steer.pending',
  'response.steer.failed',
  'response.keepalive',
  'ping',
])('an event of type %s changes nothing', (type) => {
  const { ending, read, snapshot } = foldingResponses()
  read(textDelta('Hi'))
  const before = snapshot()
  read({ type, item_id: 'x', output_index: 0, delta: 'x', error: null, sequence_number: 3 })
  expect(snapshot()).toBe(before)
  expect(ending()).toBeUndefined()
})

test('unknown fields of an event are dropped, including padding', () => {
  const plain = foldingResponses()
  const padded = foldingResponses()
  plain.read(textDelta('Hi'))
  padded.read({ ...textDelta('Hi'), obfuscation: 'xxxxxxxx', entropy: 1 })
  expect(padded.snapshot()).toEqual(plain.snapshot())
})
