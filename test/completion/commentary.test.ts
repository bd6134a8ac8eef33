// @vitest-environment node
import { expect, test } from 'vitest'
import { foldingResponses } from '../support/folding.ts'
import { itemAdded, itemDone, textDone } from '../support/responses-items.ts'

const opened = (id: string, phase?: string | null) => ({
  type: 'message',
  id,
  role: 'assistant',
  status: 'in_progress',
  content: [],
  ...(phase !== undefined && { phase }),
})
const delta = (text: string, outputIndex: number) => ({
  type: 'response.output_text.delta',
  output_index: outputIndex,
  content_index: 0,
  delta: text,
})

test('commentary is recognised from the first delta, and is never part of the text', () => {
  const { read, snapshot } = foldingResponses()
  read(itemAdded(0, opened('msg_1', 'commentary')), delta('Looking', 0))
  expect(snapshot()).toMatchObject({ text: '', commentary: 'Looking' })
  read(itemAdded(1, opened('msg_2', 'final_answer')), delta('Here', 1))
  expect(snapshot()).toMatchObject({ text: 'Here', commentary: 'Looking' })
  expect(snapshot().output).toMatchObject([{ phase: 'commentary' }, { phase: 'final_answer' }])
})

test('several commentary messages are separated by blank lines', () => {
  const { read, snapshot } = foldingResponses()
  read(itemAdded(0, opened('msg_1', 'commentary')), delta('One.', 0))
  read(itemAdded(1, opened('msg_2', 'commentary')))
  expect(snapshot().commentary).toBe('One.')
  read(delta('Two.', 1))
  expect(snapshot().commentary).toBe('One.\n\nTwo.')
})

test.each([undefined, null, 'final_answer', 'epilogue'])(
  'a message whose phase is %s is the answer',
  (phase) => {
    const { read, snapshot } = foldingResponses()
    read(itemAdded(0, opened('msg_1', phase)), textDone('Hi'))
    expect(snapshot()).toMatchObject({ text: 'Hi', commentary: '' })
  },
)

test('a message that is done without its phase keeps it', () => {
  const { read, snapshot } = foldingResponses()
  read(itemAdded(0, opened('msg_1', 'commentary')), delta('Hm', 0))
  const content = [{ type: 'output_text', text: 'Hm', annotations: [] }]
  read(itemDone(0, { ...opened('msg_1'), status: 'completed', content }))
  expect(snapshot()).toMatchObject({ text: '', commentary: 'Hm' })
})

test('a message that turns out to be commentary when it is done leaves the text', () => {
  const { read, snapshot } = foldingResponses()
  read(itemAdded(0, opened('msg_1')), delta('Hm', 0))
  expect(snapshot().text).toBe('Hm')
  const content = [{ type: 'output_text', text: 'Hm', annotations: [] }]
  read(itemDone(0, { ...opened('msg_1', 'commentary'), status: 'completed', content }))
  expect(snapshot()).toMatchObject({ text: '', commentary: 'Hm' })
})
