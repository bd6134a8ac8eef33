// @vitest-environment node
import { expect, test } from 'vitest'
import { createPartialJsonReader } from '../../src/core.ts'
import { costOfWhole, linear } from '../support/cost-of-whole.ts'

/** Reads a text in deltas of four characters, and reads the value after each one or after every few. */
function read(text: string, every: number) {
  const reader = createPartialJsonReader()
  let delta = 0
  let last: unknown
  for (let at = 0; at < text.length; at += 4) {
    reader.push(text.slice(at, at + 4))
    if (delta++ % every === 0) last = reader.value
  }
  expect(reader.state).not.toBe('invalid')
  expect(last).toBeDefined()
}

const row = (id: number) =>
  JSON.stringify({ id, name: `Row ${id}`, tags: ['a', 'b'], note: 'é\n"' })
const section = `{"title":"Section","rows":[${Array.from({ length: 20 }, (_, id) => row(id)).join()}]}`

test.each<[string, (size: number) => string, number]>([
  ['one long string, read after every delta', (size) => `{"a":"${'word '.repeat(size * 20)}`, 1],
  ['escapes, read after every delta', (size) => `["${'\\u00e9\\n'.repeat(size * 10)}`, 1],
  [
    'sections of rows, read after every delta',
    (size) => `[${section}${`,${section}`.repeat(size / 100)}`,
    1,
  ],
  [
    'a long list, read after every delta',
    (size) => `[${Array.from({ length: size * 5 }, (_, id) => row(id)).join()}`,
    1,
  ],
  [
    'a long list of numbers, read after every delta',
    (size) => `[${Array.from({ length: size * 4 }, (_, id) => id).join()}`,
    1,
  ],
  [
    'an object of many keys, read after every delta',
    (size) => `{${Array.from({ length: size }, (_, id) => `"${id} rows":${id}`).join()}`,
    1,
  ],
  ['many levels, read after every delta', (size) => '['.repeat(size * 5), 1],
  ['one long number', (size) => `[${'7'.repeat(size * 40)}`, 1],
  ['much white space', (size) => `[1${' \n'.repeat(size * 20)}`, 1],
  ['one long key', (size) => `{"${'k'.repeat(size * 40)}`, 1],
])('the whole costs about as much as its eighths: %s', async (_, textOf, every) => {
  const cost = await costOfWhole(4000, 8, (size) => read(textOf(size), every))
  expect(cost).toBeLessThan(linear(8))
})
