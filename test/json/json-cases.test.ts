// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createPartialJsonReader, parsePartialJson } from '../../src/core.ts'
import { isSame } from './support/grown-from.ts'
import { accepted, rejected, undecided, unfinished } from './support/json-cases.ts'

/** The result of `JSON.parse` for a text. */
function verdict(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

/** The result of the reader for a text in pieces of one length. */
function read(text: string, length: number) {
  const reader = createPartialJsonReader()
  for (let at = 0; at < text.length; at += length) {
    reader.push(text.slice(at, at + length))
    // Reading a value must not change later values.
    if (at % 2) expect(reader.value).toBe(reader.value)
  }
  reader.end()
  return reader
}

const lengths = [1, 2, 3, 7, Infinity]

describe('a text is complete exactly if JSON.parse accepts it', () => {
  test.each([...accepted, ...rejected, ...unfinished, ...undecided])('$name: $text', ({ text }) => {
    const expected = verdict(text)
    for (const length of lengths) {
      const { state, value } = read(text, length)
      expect(state === 'complete').toBe(expected !== undefined)
      if (expected) expect(isSame(value, expected.value)).toBe(true)
    }
    const once = parsePartialJson(text)
    expect(once.state === 'complete').toBe(expected !== undefined)
    if (expected) expect(isSame(once.value, expected.value)).toBe(true)
  })
})

describe('the cases are of the kind that their name states', () => {
  test.each(accepted)('$name', ({ text }) => expect(verdict(text)).toBeDefined())
  test.each([...rejected, ...unfinished])('$name', ({ text }) =>
    expect(verdict(text)).toBeUndefined(),
  )
})

describe('a text is invalid at the first character after which no JSON can follow', () => {
  test.each(rejected)('$name: $text', ({ text }) => {
    for (const length of lengths) {
      const { state, invalidAt } = read(text, length)
      expect(state).toBe('invalid')
      expect(invalidAt).toBeLessThan(text.length)
      // The text before it is a prefix of some JSON; including the invalid character, it is not.
      expect(read(text.slice(0, invalidAt), length).state).not.toBe('invalid')
      expect(read(text.slice(0, invalidAt! + 1), length).state).toBe('invalid')
    }
  })

  test.each(unfinished)('there is no invalid character: $name: $text', ({ text }) => {
    for (const length of lengths) expect(read(text, length).state).toBe('partial')
  })
})

test('there are many cases of each kind', () => {
  expect(accepted.length).toBeGreaterThan(100)
  expect(rejected.length).toBeGreaterThan(150)
  expect(unfinished.length + undecided.length).toBeGreaterThan(70)
})
