// @vitest-environment node
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { CompletionContent } from '../../src/completion/state.ts'
import { foldingResponses } from '../support/folding.ts'
import { itemAdded, itemDone } from '../support/responses-items.ts'
import { textDelta } from '../support/wire-text.ts'

const preview = (base64: string, index: number) => ({
  type: 'response.image_generation_call.partial_image',
  item_id: 'ig_1',
  output_index: 0,
  partial_image_b64: base64,
  partial_image_index: index,
  output_format: 'webp',
})

const call = (fields: object) => ({ type: 'image_generation_call', id: 'ig_1', ...fields })

test('an image is announced, has previews, and becomes final', () => {
  const { read, snapshot } = foldingResponses()
  read(itemAdded(0, call({ status: 'in_progress', result: null })))
  expect(snapshot().images).toEqual([
    {
      id: 'ig_1',
      base64: undefined,
      partial: true,
      format: undefined,
      status: 'in_progress',
    },
  ])
  read({ type: 'response.image_generation_call.generating', item_id: 'ig_1', output_index: 0 })
  read(preview('AAAA', 0))
  expect(snapshot().images).toMatchObject([{ base64: 'AAAA', partial: true, format: 'webp' }])
  read(preview('BBBB', 1))
  expect(snapshot().images).toMatchObject([{ base64: 'BBBB', partial: true, status: 'generating' }])
  read(itemDone(0, call({ status: 'completed', result: 'CCCC', output_format: 'png' })))
  expect(snapshot().images).toEqual([
    { id: 'ig_1', base64: 'CCCC', partial: false, format: 'png', status: 'completed' },
  ])
})

test('a preview opens its item if no other event has', () => {
  const { read, snapshot } = foldingResponses()
  read(preview('AAAA', 0))
  expect(snapshot().output).toMatchObject([call({})])
  expect(snapshot().images).toMatchObject([{ id: 'ig_1', base64: 'AAAA', partial: true }])
})

test('an image keeps its identity while other items grow', () => {
  const { read, snapshot } = foldingResponses()
  read(preview('AAAA', 0), textDelta('a', 1))
  const before = snapshot()
  read(textDelta('b', 1), preview('AAAA', 0))
  const after = snapshot()
  expect(after.text).toBe('ab')
  expect(after.images).toBe(before.images)
  expect(after.output[0]).toBe(before.output[0])
})

test('the base64 text is held in memory once, however many snapshots and fields contain it', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = () => {
    collect()
    return process.memoryUsage().heapUsed + process.memoryUsage().external
  }
  const size = 4_000_000
  const { read, snapshot } = foldingResponses()
  const shown: CompletionContent[] = []
  // Parsed, as it comes from the wire: one flat string.
  const event = JSON.parse(JSON.stringify(preview('A'.repeat(size), 0))) as object
  const before = held()
  read(event)
  for (let step = 0; step < 50; step++) {
    read(textDelta('.', 1))
    shown.push(snapshot())
  }
  read({ type: 'response.image_generation_call.generating', item_id: 'ig_1', output_index: 0 })
  shown.push(snapshot())
  expect(shown.every(({ images }) => images[0]?.base64?.length === size)).toBe(true)
  expect(held() - before).toBeLessThan(size)
})
