// @vitest-environment node
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPartialJsonReader } from '../../src/core.ts'
import { deepFreeze } from '../client/support/deep-freeze.ts'
import { expectGrown, isSame } from './support/grown-from.ts'
import { cutDocument } from './support/json-documents.ts'

/** The value after every character of a text. */
function valuesOf(text: string): unknown[] {
  const reader = createPartialJsonReader()
  return Array.from(text, (char) => {
    reader.push(char)
    return reader.value
  })
}

/** The values that differ from the one before. */
function stepsOf(text: string): unknown[] {
  return valuesOf(text).filter(
    (value, index, all) => value !== undefined && value !== all[index - 1],
  )
}

describe('any document, cut anywhere', () => {
  test('ends with the value of JSON.parse', () => {
    fc.assert(
      fc.property(cutDocument(), ({ text, pieces }) => {
        const reader = createPartialJsonReader()
        for (const piece of pieces) {
          reader.push(piece)
          expect(reader.state).not.toBe('invalid')
        }
        reader.end()
        expect(reader.state).toBe('complete')
        expect(isSame(reader.value, JSON.parse(text)), text).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('only grows, and unchanged parts keep their identity', () => {
    fc.assert(
      fc.property(cutDocument(3), ({ text, pieces }) => {
        fc.pre(!hasRepeatedKey(text))
        const reader = createPartialJsonReader()
        let before: unknown
        for (const piece of pieces) {
          reader.push(piece)
          const { value } = reader
          expectGrown(before, value)
          // A value that was returned is never modified.
          before = deepFreeze(value)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('shows the same value however it is cut and however often it is read', () => {
    fc.assert(
      fc.property(cutDocument(), fc.infiniteStream(fc.boolean()), ({ pieces }, isLookedAt) => {
        const reader = createPartialJsonReader()
        let prefix = ''
        for (const piece of pieces) {
          reader.push(piece)
          prefix += piece
          if (!isLookedAt.next().value) continue
          const fresh = createPartialJsonReader()
          fresh.push(prefix)
          expect(isSame(reader.value, fresh.value), prefix).toBe(true)
          expect(reader.state).toBe(fresh.state)
        }
      }),
      { numRuns: 200 },
    )
  })
})

function hasRepeatedKey(text: string): boolean {
  let keys = 0
  JSON.parse(text, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      keys += Object.keys(value).length
    }
    return value
  })
  // Every member has a colon outside of strings.
  return text.replace(/"(?:\\.|[^"\\])*"/g, '').split(':').length - 1 !== keys
}

describe('visible values', () => {
  test('a key appears with its value, a string letter by letter', () => {
    expect(stepsOf('{"name":"Al","on":true}')).toEqual([
      {},
      { name: '' },
      { name: 'A' },
      { name: 'Al' },
      { name: 'Al', on: true },
    ])
  })

  test('a number appears when something follows it', () => {
    expect(stepsOf('[12,3.5e2 ,-1]')).toEqual([[], [12], [12, 350], [12, 350, -1]])
  })

  test('true, false and null appear with their last letter', () => {
    const reader = createPartialJsonReader()
    reader.push('[true,fals')
    expect(reader.value).toEqual([true])
    reader.push('e,nul')
    expect(reader.value).toEqual([true, false])
    reader.push('l')
    expect(reader.value).toEqual([true, false, null])
  })

  test('a number that is the whole text appears at its end', () => {
    const reader = createPartialJsonReader()
    reader.push('-12')
    expect([reader.value, reader.state]).toEqual([undefined, 'partial'])
    reader.end()
    expect([reader.value, reader.state]).toEqual([-12, 'complete'])
  })

  test('the end does not complete an invalid number', () => {
    for (const text of ['-', '1.', '2e', '2e+', '[1']) {
      const reader = createPartialJsonReader()
      reader.push(text)
      reader.end()
      expect(reader.state, text).toBe('partial')
    }
  })

  test.each([
    ['raw', '"\ud83d', '\ude00"'],
    ['escaped', String.raw`"\ud83d`, String.raw`\ude00"`],
    ['one half escaped', '"\ud83d', String.raw`\ude00"`],
    ['escaped and cut in the escape', String.raw`"\ud83d\ude`, '00"'],
  ])('half of a surrogate pair is never shown: %s', (_, first, second) => {
    const reader = createPartialJsonReader()
    reader.push(first)
    expect(reader.value).toBe('')
    reader.push(second)
    expect(reader.value).toBe('\u{1f600}')
  })

  test('half a surrogate pair appears once it is certain to stay alone', () => {
    expect(stepsOf(String.raw`"a\ud83d"`)).toEqual(['', 'a', 'a\ud83d'])
    expect(stepsOf(String.raw`"\ud83dx"`)).toEqual(['', '\ud83dx'])
    expect(stepsOf(String.raw`["\ude00"]`)).toEqual([[], [''], ['\ude00']])
  })

  test('an escape appears when it is complete', () => {
    expect(stepsOf(String.raw`"\u00e9\n"`)).toEqual(['', 'é', 'é\n'])
  })

  test('the last value of a repeated key applies once it is visible', () => {
    expect(stepsOf('{"a":"xy","b":1,"a":[2]}')).toEqual([
      {},
      { a: '' },
      { a: 'x' },
      { a: 'xy' },
      { a: 'xy', b: 1 },
      { a: [], b: 1 },
      { a: [2], b: 1 },
    ])
  })

  test('__proto__ is a key like any other', () => {
    const text = '{"__proto__":{"admin":true},"x":{"__proto__":[1]}}'
    for (const value of valuesOf(text).slice(0, -1) as object[]) {
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    }
    const value = valuesOf(text).at(-1) as object
    expect(Object.keys(value)).toEqual(['__proto__', 'x'])
    expect('admin' in value).toBe(false)
    expect(JSON.stringify(value)).toBe(text)
  })
})

describe('identity', () => {
  test('reading twice without a change returns the same value', () => {
    const reader = createPartialJsonReader()
    for (const piece of ['{"a":[1,', ' ', '"b', '', '\\', 'n', '"', ' ', ']']) {
      reader.push(piece)
      expect(reader.value).toBe(reader.value)
    }
  })

  test('white space, a key or part of a number keeps the value', () => {
    const reader = createPartialJsonReader()
    reader.push('{"a":[1]')
    const { value } = reader
    for (const piece of [' ', ',', '\n"some', ' key"', ' :', ' -', '12', '.5']) {
      reader.push(piece)
      expect(reader.value, piece).toBe(value)
    }
    reader.push('}')
    expect(reader.value).toEqual({ a: [1], 'some key': -12.5 })
    expect((reader.value as { a: unknown }).a).toBe((value as { a: unknown }).a)
  })

  test('a complete row stays the same while the next one grows, and when the list closes', () => {
    const reader = createPartialJsonReader()
    reader.push('{"rows":[{"n":1},{"n":')
    const row = () => (reader.value as { rows: unknown[] }).rows[0]
    const first = row()
    for (const piece of ['2', '},{"n":3', '}]', '}']) {
      reader.push(piece)
      expect(row()).toBe(first)
    }
    expect(reader.state).toBe('complete')
  })

  test('the last value before a bracket closes is the value after it', () => {
    const reader = createPartialJsonReader()
    reader.push('[[{"a":"b"')
    const { value } = reader
    reader.push('}]]')
    expect(reader.value).toBe(value)
    expect(reader.state).toBe('complete')
  })
})

describe('invalid text', () => {
  test('is detected at its first invalid character, and the value so far is kept', () => {
    const reader = createPartialJsonReader()
    reader.push('{"a": [1, 2')
    reader.push('}, "b": 3}')
    expect(reader).toMatchObject({ state: 'invalid', invalidAt: 11, value: { a: [1, 2] } })
    reader.push(']}')
    reader.end()
    expect(reader).toMatchObject({ state: 'invalid', invalidAt: 11, value: { a: [1, 2] } })
  })

  test('may follow a complete value', () => {
    const reader = createPartialJsonReader()
    reader.push('{} ')
    expect(reader.state).toBe('complete')
    reader.push('x')
    expect(reader).toMatchObject({ state: 'invalid', invalidAt: 3, value: {} })
  })
})

test('a hundred thousand levels are read without a stack overflow', () => {
  const depth = 100_000
  const reader = createPartialJsonReader()
  reader.push('['.repeat(depth) + '"x')
  let inner = reader.value
  let levels = 0
  while (Array.isArray(inner)) {
    inner = (inner as unknown[])[0] as typeof inner
    levels++
  }
  expect([levels, inner]).toEqual([depth, 'x'])
  reader.push('"' + ']'.repeat(depth))
  expect(reader.state).toBe('complete')
})
