import { describe, expect, test } from 'vitest'
import { openaiChat, openaiResponses, thinkTags } from '../../src/core.ts'
import { folding } from '../support/folding.ts'
import { itemDone, message } from '../support/responses-items.ts'

/** The state after a chat answer whose text comes in pieces of a length. */
function reading(text: string, length: number) {
  const { fold, read, snapshot } = folding(thinkTags(openaiChat))
  for (let at = 0; at < text.length; at += length) {
    read({ choices: [{ index: 0, delta: { content: text.slice(at, at + length) } }] })
  }
  read({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
  return { fold, read, snapshot }
}

function readEveryWay(text: string) {
  const wanted = ({ text, reasoning }: { text: string; reasoning: string }) => [reasoning, text]
  const whole = wanted(reading(text, text.length).snapshot())
  for (let length = 1; length < text.length; length++) {
    expect(wanted(reading(text, length).snapshot())).toEqual(whole)
  }
  return whole
}

describe('a text', () => {
  test.each([
    ['<think>\nI reason\n</think>\n\nAnswer', 'I reason', 'Answer'],
    ['\n<think>a  b</think>c', 'a  b', 'c'],
    ['<think>a</think>\n<think>b</think>c', 'ab', 'c'],
    ['<think></think>\n\nc', '', 'c'],
    ['<think>1 < 2 </thin k> </thi</think>c', '1 < 2 </thin k> </thi', 'c'],
    ['  An answer', '', '  An answer'],
    ['Write <think> and </think> around it', '', 'Write <think> and </think> around it'],
    ['<thanks>', '', '<thanks>'],
    ['<think>never closed', 'never closed', ''],
  ])('%j', (text, reasoning, answer) => {
    expect(readEveryWay(text)).toEqual([reasoning, answer])
  })
})

test('thoughts come before the message that contained them', () => {
  const { output } = reading('<think>Hm</think>Hi', 3).snapshot()
  expect(output).toMatchObject([
    { type: 'reasoning', content: [{ text: 'Hm' }] },
    { type: 'message', content: [{ text: 'Hi' }] },
  ])
})

test('a text held for the rest of a tag is text when the stream ends', () => {
  const format = thinkTags(openaiChat)
  const reader = format.createReader('json')
  const seen: unknown[] = []
  const chunk = { choices: [{ index: 0, delta: { content: '<thi' }, finish_reason: 'stop' }] }
  const event = { event: undefined, id: undefined, data: JSON.stringify(chunk), json: chunk }
  reader.read(event, (meaning) => seen.push(meaning))
  reader.end((meaning) => seen.push(meaning))
  expect(seen.slice(-2)).toMatchObject([{ type: 'delta', delta: '<thi' }, { type: 'complete' }])
})

test('authoritative values are split too', () => {
  const { read, snapshot } = folding(thinkTags(openaiResponses))
  read({
    type: 'response.output_text.delta',
    output_index: 0,
    content_index: 0,
    delta: '<think>a</think>b',
  })
  expect(snapshot()).toMatchObject({ reasoning: 'a', text: 'b' })
  const whole = message('<think>a</think>b')
  read(itemDone(0, whole))
  expect(snapshot()).toMatchObject({ reasoning: 'a', text: 'b' })
  read({ type: 'response.completed', response: { status: 'completed', output: [whole] } })
  expect(snapshot()).toMatchObject({ reasoning: 'a', text: 'b', output: [{}, {}] })
})
