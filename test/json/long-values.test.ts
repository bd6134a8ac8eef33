// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createPartialJsonReader } from '../../src/core.ts'
import type { PartialJsonReader } from '../../src/json/partial-json-reader.ts'
import { deepFreeze } from '../client/support/deep-freeze.ts'
import { expectGrown } from './support/grown-from.ts'

describe('a long open value', () => {
  const numbers = (length: number) => Array.from({ length }, (_, index) => index)
  const listOf = (length: number) => `[${numbers(length).join()}`
  const objectOf = (length: number) =>
    `{${numbers(length)
      .map((key) => `"k${key}":${key}`)
      .join()}`

  test.each([
    ['a list of 1,000', listOf(999) + ',"', 'b"]'],
    ['an object of 250', objectOf(249) + ',"last":"', 'b"}'],
  ])('%s shows its last entry letter by letter', (_, text, rest) => {
    const reader = createPartialJsonReader()
    reader.push(text)
    for (const letter of 'abc') {
      const before = reader.value
      reader.push(letter)
      expect(reader.value).not.toBe(before)
      expect(Object.values(reader.value as object).at(-1)).toMatch(new RegExp(`${letter}$`))
    }
    reader.push(rest)
    expect(reader.value).toEqual(JSON.parse(`${text}abc${rest}`))
  })

  test('a longer list shows its last entry once the next one begins, or a long entry occasionally', () => {
    const reader = createPartialJsonReader()
    reader.push(listOf(1500) + ',"a')
    const { value } = reader
    reader.push('b')
    expect(reader.value).toBe(value)
    reader.push('","c')
    expect((reader.value as unknown[]).slice(-2)).toEqual(['ab', 'c'])
    reader.push('c'.repeat(2000))
    expect((reader.value as unknown[]).at(-1)).toHaveLength(2001)
  })

  test.each([
    ['a list of 20,000', listOf(20_000), 100],
    ['an object of 2,000', objectOf(2000), 64],
  ])('%s shows several entries at a time', (_, text, most) => {
    const reader = createPartialJsonReader()
    const sizeOf = (value: unknown) => Object.keys(value ?? []).length
    const sizes: number[] = [0]
    let before: unknown
    for (const delta of text.match(/.{1,4}/gs) ?? []) {
      reader.push(delta)
      const { value } = reader
      if (value !== before) sizes.push(sizeOf(value))
      before = value
    }
    sizes.push(sizeOf(reader.latest))
    sizes.slice(1).forEach((size, at) => expect(size - sizes[at]!).toBeLessThanOrEqual(most))
    // The whole value is copied at most this often.
    expect(sizes.length).toBeLessThan(5000)
  })

  test('only grows, is never modified, and keeps the identity of unchanged parts', () => {
    const rows = numbers(3000).map((id) => ({ id, tags: ['a', 'b'] }))
    const rowsOf = (value: unknown) => (value as { rows?: unknown[] } | undefined)?.rows ?? []
    const reader = createPartialJsonReader()
    let before: unknown
    for (const delta of JSON.stringify({ rows }).match(/.{1,7}/gs) ?? []) {
      reader.push(delta)
      const { value } = reader
      if (value === before) continue
      const [old, now] = [rowsOf(before), rowsOf(value)]
      expect(old.findIndex((row, at) => at < old.length - 1 && row !== now[at])).toBe(-1)
      expectGrown(old.at(-1), now[old.length - 1])
      before = value
      Object.freeze(now)
      deepFreeze(now.at(-1))
    }
    expect(reader.value).toEqual({ rows })
  })

  test.each<[string, string, (reader: PartialJsonReader) => unknown]>([
    ['the latest value', '', ({ latest }) => latest],
    ['the value after the end', '', (reader) => (reader.end(), reader.value)],
    ['the value of invalid text', ']', ({ value }) => value],
  ])('%s contains everything that was read', (_, rest, look) => {
    const whole = [...numbers(5000), { a: 'bc' }]
    const reader = createPartialJsonReader()
    reader.push(listOf(5000))
    expect(reader.value).toHaveLength(4999)
    reader.push(',{"a":"bc"')
    expect(reader.value).not.toEqual(whole)
    reader.push(rest)
    expect(look(reader)).toEqual(whole)
    expect(reader.latest).toBe(look(reader))
  })

  test('the end does not complete a number that may have been cut', () => {
    const reader = createPartialJsonReader()
    reader.push('{"a":[1,23')
    reader.end()
    expect(reader.latest).toEqual({ a: [1] })
  })
})
