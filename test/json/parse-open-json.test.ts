// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPartialJsonReader } from '../../src/core.ts'
import { parseOpenJson } from '../../src/json/parse-open-json.ts'
import { isSame } from './support/grown-from.ts'
import { cutDocument } from './support/json-documents.ts'

test('for every prefix of a document, the small parser returns the value that the reader shows', () => {
  fc.assert(
    fc.property(cutDocument(3), ({ pieces }) => {
      const reader = createPartialJsonReader()
      let text = ''
      for (const piece of pieces) {
        reader.push(piece)
        text += piece
        expect(isSame(parseOpenJson(text), reader.value), text).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})

test.each(['', ' ', '{"a":1]', '{"a" 1}', '[1,,', 'nope', '{"a":\n"b\u0001', '"\\x', '[01,', '}{'])(
  'text that is not JSON, or not yet, has no value: %j',
  (text) => expect(parseOpenJson(text)).toBeUndefined(),
)

test('an open string is parsed in linear time', () => {
  const text = `{"a":"${'x'.repeat(300_000)}`
  expect(parseOpenJson(text)).toEqual({ a: 'x'.repeat(300_000) })
})
