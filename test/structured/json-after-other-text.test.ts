// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createFencedJsonReader } from '../../src/structured/fenced-json.ts'

/** Reads a text in pieces of the given length. */
function reading(text: string, length: number) {
  const reader = createFencedJsonReader()
  for (let at = 0; at < text.length; at += length) reader.push(text.slice(at, at + length))
  reader.end()
  return { state: reader.state, value: reader.value, invalidAt: reader.invalidAt }
}

function readEveryWay(text: string) {
  const whole = reading(text, text.length)
  for (let length = 1; length < text.length; length++) expect(reading(text, length)).toEqual(whole)
  return whole
}

describe('the JSON is found', () => {
  test.each([
    ['after a think block', '<think>\nIs it {a}?\n</think>\n\n{"a":1}'],
    ['after two', '<think>x</think> <thinking>y</thinking>{"a":1}'],
    ['in a fence after a think block', '<think>`</think>\n```json\n{"a":1}\n```'],
    ['in a fence after prose', 'Here is the JSON:\n\n```json\n{"a":1}\n```\nHope it helps.'],
    ['in a fence without a language after prose', 'now:\n```\n{"a":1}\n```'],
    ['in a fence with an unusual language', 'So:\n  ```JSON5  \r\n{"a":1}\n```'],
    [
      'after a block of code, whose end does not begin another',
      'Run:\n```bash\nls {a,b}\n```\nThen:\n```\n{"a":1}\n```',
    ],
    ['after a think block in capitals', '<THINK>\nIs it {a}?\n</THINK>{"a":1}'],
    [
      'after a fence of another language',
      'Run:\n```python\nprint(1)\n'.concat('```json\n{"a":1}\n```'),
    ],
    ['after the closing tag of a think block alone', 'Is it {a}?\n</think>\n\n{"a":1}'],
    ['after that tag on a long line', `It is ${'so '.repeat(20)}.</thinking>{"a":1}`],
    ['in a fence after that tag', 'So `x`.</think>\nHere:\n```json\n{"a":1}\n```'],
    ['in a fence after a numbered list', '1. Read\n12) Write\n```json\n{"a":1}\n```'],
    ['in an indented fence of a list', '- Result:\n  ```json\n  {"a":1}\n  ```'],
    ['in a fence at the beginning', '```json\n{"a":1}\n```\nDone.'],
    ['alone', ' \n{"a":1}'],
  ])('%s', (_, text) => {
    expect(readEveryWay(text)).toMatchObject({ state: 'complete', value: { a: 1 } })
  })
})

test.each(['true', 'false', 'null', '12', '-1234567890', '1.5e3', '"text"', '[1]'])(
  '%s is JSON, not prose',
  (text) => {
    expect(readEveryWay(text)).toMatchObject({
      state: 'complete',
      value: JSON.parse(text) as unknown,
    })
  },
)

test.each([
  'I cannot do that.',
  'nobody knows',
  '<think>still thinking',
  '<b>',
  'See:\n```python\n1',
])('text without JSON is invalid from its beginning: %s', (text) => {
  expect(readEveryWay(text)).toMatchObject({
    state: 'invalid',
    invalidAt: text.startsWith('nobody') ? 1 : 0,
  })
})

test('a position in the JSON is a position in the text', () => {
  const text = 'So:\n```json\n{"a":1,}\n```'
  expect(readEveryWay(text)).toMatchObject({ state: 'invalid', invalidAt: text.indexOf('}') })
})

test.each(['<think>', 'So '])('a long think block has linear cost: %s', (begin) => {
  const reader = createFencedJsonReader()
  reader.push(begin)
  for (let count = 0; count < 200_000; count++) reader.push('word ')
  reader.push('</think>{"a":1}')
  expect(reader.value).toEqual({ a: 1 })
})
