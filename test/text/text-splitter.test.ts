import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { containerParts, createTextSplitter, type TextPart } from '../../src/core.ts'

const textsOf = (blocks: readonly { text: string }[]) => blocks.map(({ text }) => text)
const markdown = (text: string) => textsOf(createTextSplitter()(text))
const plain = (text: string) => textsOf(createTextSplitter({ format: 'plain' })(text))

describe('Markdown', () => {
  test('a block settles when a line has begun that cannot be part of it', () => {
    const split = createTextSplitter()
    expect(split('One\n\n')).toEqual([{ key: 0, text: 'One\n\n', settled: false }])
    expect(split('One\n\nT')).toEqual([
      { key: 0, text: 'One\n\n', settled: true },
      { key: 5, text: 'T', settled: false },
    ])
  })

  test('the end settles the tail', () => {
    const split = createTextSplitter()
    const [before] = split('One\n\nTwo')
    const ended = split('One\n\nTwo', true)
    expect(ended[0]).toBe(before)
    expect(ended[1]).toEqual({ key: 5, text: 'Two', settled: true })
  })

  test.each([
    ['a list with a blank line in it', '- a\n\n- b\n\n', 'text'],
    ['an item of several paragraphs', '1. a\n\n   b\n\n', 'text'],
    ['a fence with blank lines', '```\na\n\nb\n```\n\n', 'text'],
    ['a fence that a longer one closes', '```\na\n````\n\n', 'text'],
    ['a comment on one line', '<!-- a -->\n\n', 'text'],
    ['a comment with blank lines', '<!--\n\na\n-->\n\n', 'text'],
    ['indented code with blank lines', '    a\n\n    b\n\n', 'text'],
    ['a block before a heading', 'text\n', '# heading'],
    ['a block before a list', 'text\n\n', '- a'],
    ['a block before the smallest heading', 'text\n', '###### heading'],
    ['a step after a list item of many digits', '1. a\n\n123456789. b\n\n', 'text'],
  ])('%s is one block', (_, block, next) => {
    expect(markdown(block + next)).toEqual([block, next])
  })

  test('a list after a paragraph after a list is a separate block', () => {
    expect(markdown('- a\n\ntext\n\n- b')).toEqual(['- a\n\n', 'text\n\n', '- b'])
  })

  test('a list stays live until it is certain that the next line is not one of its items', () => {
    expect(markdown('1. a\n\n2. b')).toHaveLength(1)
    expect(markdown('- a\n\n-')).toHaveLength(1)
    expect(markdown('- a\n\n-x')).toHaveLength(2)
    // When blocks are divided, a possible item is a separate block until then.
    const waiting = createTextSplitter({ divide: containerParts })('1. a\n\n2')
    expect(waiting.map(({ text, settled }) => [text, settled])).toEqual([
      ['1. a\n\n', false],
      ['2', false],
    ])
  })

  test.each([
    ['a fence', 'text\n', '```\na\n```\n'],
    ['text after a fence', '```\na\n```\n', 'text [x]\n'],
    ['an indented line after a table', '| a |\n|---|\n\n', ' text\n'],
    ['a quote after a list', '- a\n', '> b\n'],
  ])('%s begins a separate block when blocks are divided', (_, before, after) => {
    const split = createTextSplitter({ divide: containerParts })
    expect(textsOf(split(before + after))).toEqual([before, after])
  })

  test('a definition is added to the blocks that use it, and to no other', () => {
    const split = createTextSplitter()
    const text = 'A [x].\n\nB.\n\nC [y].\n\n'
    const before = split(`${text}[X]: /url\n\n`)
    const after = split(`${text}[X]: /url\n\nD [x] and [z].`)
    expect(after[0]).toEqual({ key: 0, text: '[X]: /url\n\n\n\nA [x].\n\n', settled: true })
    expect(after[1]).toBe(before[1])
    expect(after[2]).toBe(before[2])
    expect(after[4]!.text).toBe('[X]: /url\n\n\n\nD [x] and [z].')
  })

  test('the copies of a long definition are limited, after which the rest of the text is one block', () => {
    const definition = `[x]: /${'u'.repeat(500)}\n\n`
    const text = `${definition}${'A [x].\n\n'.repeat(5000)}`
    const split = createTextSplitter()
    let copied = 0
    for (let length = 500; length <= text.length; length += 100) {
      const blocks = split(text.slice(0, length))
      const all = blocks.reduce((sum, block) => sum + block.text.length, 0)
      copied = Math.max(copied, all - length)
    }
    expect(copied).toBeGreaterThan(2 * definition.length)
    expect(copied).toBeLessThan(2 * text.length + 20_000)
    expect(split(text)).toEqual([{ key: 0, text, settled: false }])
  })

  test('a citation that looks like a definition is not one', () => {
    expect(markdown('A [1].\n\n[1]: Smith, 2020\n\nB.')).toHaveLength(3)
  })

  test.each([
    ['a footnote', 'A[^1].\n\n[^1]: note\n\nB.'],
    ['a footnote of several words', 'A[^1].\n\n[^1]: a longer note\n\nB.'],
    ['a definition in a quote', 'A [x].\n\n> [x]: /url\n\nB.'],
    ['a definition over two lines', 'A [x].\n\n[x]:\n/url\n\nB.'],
  ])('%s makes the text one block', (_, text) => {
    expect(createTextSplitter()(text)).toEqual([{ key: 0, text, settled: false }])
    expect(createTextSplitter()(text, true)).toEqual([{ key: 0, text, settled: true }])
  })
})

describe('a container', () => {
  const last = (text: string) =>
    createTextSplitter({ divide: containerParts })(text).at(-1)?.container

  test.each([
    ['a fence', '```ts x\nlet a\n', { tag: 'pre', language: 'ts' }],
    ['a fence without a language', '~~~\na\n', { tag: 'pre' }],
    ['a list', '- a\n- b', { tag: 'ul', loose: false }],
    ['a list with blank lines', '7. a\n\n8. b', { tag: 'ol', start: 7, loose: true }],
    ['a table', '| a |\n|---|\n| b |\n', { tag: 'table' }],
  ])('%s has its container, and is one part while it is short', (_, text, expected) => {
    expect(last(text)).toEqual({ ...expected, parts: [{ key: 0, text, settled: false }] })
  })

  test('is never a short paragraph, and never in plain text', () => {
    expect(last('A paragraph. Another sentence.')).toBeUndefined()
    expect(
      createTextSplitter({ format: 'plain', divide: containerParts })('- a\n- b\n', true)[0]
        ?.container,
    ).toBeUndefined()
  })

  const long: [string, string, (index: number) => string][] = [
    ['a fence', '```js\n', (index) => `call(${index})\n`],
    ['a tight list', '', (index) => `- item ${index}\n`],
    ['a loose list', '', (index) => `${index + 1}. item ${index}\n\n`],
    ['a table', '| a | b |\n|---|--:|\n', (index) => `| row | ${index} |\n`],
    ['a paragraph', '', (index) => `Sentence ${index}. `],
  ]

  test.each(long)('%s has parts that stay the same objects while it grows', (_, begin, piece) => {
    const split = createTextSplitter({ divide: containerParts })
    let text = begin
    let before: readonly TextPart[] = []
    for (let index = 0; index < 2000; index++) {
      text += piece(index)
      const blocks = split(text)
      expect(blocks).toHaveLength(1)
      const parts = blocks[0]!.container?.parts ?? []
      const settled = before.filter((part) => part.settled)
      expect(settled.every((part, at) => part === parts[at])).toBe(true)
      if (parts.at(-1)) expect(parts.at(-1)!.text.length).toBeLessThan(2500)
      before = parts
    }
    expect(before.length).toBeGreaterThan(text.length / 2500)
    expect(split(text)[0]!.text).toBe(text)
  })

  test('keeps a definition in each part that needs it', () => {
    const item = `- ${'x'.repeat(600)}\n`
    const text = `- [a]\n${item.repeat(4)}- [b]\n\nText.\n\n`
    const parts = (after: string) =>
      createTextSplitter({ divide: containerParts })(text + after)[0]!.container!.parts
    const before = parts('')
    const after = parts('[a]: /a\n\nText')
    expect(after[0]!.text).toBe(`[a]: /a\n\n\n\n${before[0]!.text}`)
    expect(after.slice(1)).toEqual(before.slice(1))
  })

  test('is given up if a line may or may not belong to it', () => {
    const table = '| a |\n|---|\n| b |\n'
    expect(last(`${table}| c |\n`)).toBeDefined()
    expect(last(`${table}c or the end\n`)).toBeUndefined()
  })
})

describe('plain text', () => {
  test('is split into paragraphs, and loses nothing', () => {
    const text = '\n# a\nb\n \n\n[c]: /d\n\nsee [c]\r\n\r\ne'
    expect(plain(text).join('')).toBe(text)
    expect(plain('a\nb\n\n\nc')).toEqual(['a\nb\n\n\n', 'c'])
  })

  test('a long paragraph is split at line ends, a long line is not', () => {
    const line = `${'x'.repeat(99)}\n`
    const blocks = plain(line.repeat(1000))
    expect(blocks.length).toBeGreaterThan(45)
    expect(blocks.every((block) => block.endsWith('\n'))).toBe(true)
    expect(plain('x'.repeat(100_000))).toHaveLength(1)
  })
})

describe('a text that does not continue the previous one', () => {
  test.each([
    ['is shorter', 'One\n\nTwo\n\nThree', 'One'],
    ['is another one', 'One\n\nTwo', 'Uno\n\nDos\n\nTres'],
    ['differs before its end', 'One\n\nTwo', 'One!\n\nTwo\n\nThree'],
  ])('is split again when it %s', (_, first, second) => {
    const split = createTextSplitter()
    split(first)
    expect(split(second)).toEqual(createTextSplitter()(second))
  })

  test('is split again, even if its length and its last characters look like a continuation', () => {
    const split = createTextSplitter()
    const filler = 'x'.repeat(5000)
    split(`aaaa\n\n${filler}`)
    const replaced = `bbbb\n\n${filler}y`
    expect(split(replaced)).toEqual(createTextSplitter()(replaced))
  })

  test('has its own blocks, in whatever order texts are passed', () => {
    const piece = fc.constantFrom('a', '\n\n', '[a]: /b\n', '[a]', '- ', '```\n', '# ')
    const texts = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    const renders = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 20 })
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 3 }), renders, (all, order) => {
        const split = createTextSplitter()
        for (const [which, length, ended] of order) {
          const text = all[which % all.length]!
          const shown = text.slice(0, length % (text.length + 1))
          expect(split(shown, ended)).toEqual(createTextSplitter()(shown, ended))
        }
      }),
    )
  })

  test('does not modify blocks that were returned before', () => {
    const split = createTextSplitter()
    const before = split('See [a].\n\nB.\n\n')
    const copy = structuredClone(before)
    split('See [a].\n\nB.\n\n[a]: /url\n\nC')
    const empty = split('')
    split('Another\n\ntext')
    expect(empty).toEqual([])
    expect(before).toEqual(copy)
  })

  test('is one that continues after its end', () => {
    const split = createTextSplitter()
    split('One', true)
    expect(split('One more')).toEqual([{ key: 0, text: 'One more', settled: false }])
  })
})

test.each(['markdown', 'plain'] as const)(
  'a line ending may arrive in two pieces (%s)',
  (format) => {
    const text = 'One\r\ntwo\r\n\r\nThree\rfour\r\r\n# Five\r\n- six\r\n- seven\r\n\r\nEight'
    for (let cut = 1; cut < text.length; cut++) {
      const split = createTextSplitter({ format })
      split(text.slice(0, cut))
      expect(split(text)).toEqual(createTextSplitter({ format })(text))
    }
  },
)

test('the same text returns the same array', () => {
  const split = createTextSplitter()
  expect(split('a\n\nb')).toBe(split('a\n\nb'))
  expect(split('')).toEqual([])
})

describe('the total amount read', () => {
  const paragraph = 'Some text with a [link] and `code` in it, and a little more.\n\n'
  const shapes: [string, (size: number) => string][] = [
    ['paragraphs', (size) => paragraph.repeat(size / paragraph.length)],
    ['one line', (size) => 'x'.repeat(size)],
    ['one fence', (size) => `\`\`\`\n${'code\n\n'.repeat(size / 6)}`],
    ['one list', (size) => '- item\n\n'.repeat(size / 8)],
    ['open brackets', (size) => '['.repeat(size)],
    ['one open label', (size) => `[${'x'.repeat(size)}`],
    ['blank lines', (size) => '\n'.repeat(size)],
    ['fences of decreasing length', (size) => fences(size)],
    ['definitions', (size) => '[link]: /url\n\nA [link].\n\n'.repeat(size / 25)],
  ]

  test.each(shapes)('is linear in the length: %s', (_, textOf) => {
    const small = readIn(textOf(6_000), 20)
    const large = readIn(textOf(24_000), 20)
    expect(large / small).toBeLessThan(5.5)
  })
})

/** No fence can close an earlier one, and each may or may not have been opened. */
function fences(size: number): string {
  let text = ''
  for (let length = Math.floor(Math.sqrt(2 * size)); length > 2; length--) {
    text += `- a\nb\n  ${'`'.repeat(length)}\nc\n`
  }
  return text
}

/** The number of characters that are passed to regular expressions while a text grows in steps. */
function readIn(text: string, step: number): number {
  let characters = 0
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the expression
  const { exec } = RegExp.prototype
  const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (
    this: RegExp,
    input: string,
  ) {
    const from = this.global ? this.lastIndex : 0
    const match = exec.call(this, input)
    const to = match && this.global ? match.index + match[0].length : input.length
    characters += to - from + 1
    return match
  })
  const split = createTextSplitter()
  for (let length = step; length <= text.length; length += step) split(text.slice(0, length))
  spy.mockRestore()
  return characters
}
