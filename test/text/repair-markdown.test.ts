import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containerParts, createTextSplitter, repairMarkdown } from '../../src/core.ts'
import { measureGrowth, readAnswers, renderText } from './support/growth.ts'

const answers = readAnswers(
  fileURLToPath(new URL('../fixtures/markdown/answers.txt', import.meta.url)),
)

describe('the rendered text of an answer only grows', () => {
  const growths = answers.map(({ text }) => measureGrowth(text, repairMarkdown))

  test('for 99.9 % of all prefixes of all answers', () => {
    expect(answers.length).toBeGreaterThanOrEqual(60)
    const prefixes = growths.reduce((sum, growth) => sum + growth.prefixes, 0)
    const wrong = growths.reduce((sum, growth) => sum + growth.wrong.length, 0)
    expect(1 - wrong / prefixes).toBeGreaterThanOrEqual(0.999)
  })

  test('and is shown within 100 ms, at 400 characters per second', () => {
    expect(Math.max(...growths.map(({ held }) => held))).toBeLessThanOrEqual(40)
    expect(Math.max(...growths.map(({ delay }) => delay))).toBeLessThanOrEqual(40)
  })

  test('but not without repair', () => {
    const { wrong } = measureGrowth('Some **bold** text.\n\n| a | b |\n|---|---|\n', (text) => text)
    expect(wrong.length).toBeGreaterThan(10)
  })
})

test.each([
  ['Some **', 'Some'],
  ['Some **bold', 'Some **bold**'],
  ['Some **bold*', 'Some **bold**'],
  ['***both', '***both***'],
  ['a `b', 'a `b`'],
  ['a ~~b', 'a ~~b~~'],
  ['[text', ''],
  ['See [text](https://exam', 'See text'],
  ['See [text](/a)', 'See [text](/a)'],
  ['![image](/pa', ''],
  ['Tom &am', 'Tom'],
  ['a <b', 'a'],
  ['if x <y then it ends', 'if x'],
  [
    'if x <y then nothing that follows is an attribute',
    'if x <y then nothing that follows is an attribute',
  ],
  [
    '<n is what this line of an answer begins with, no tag',
    '<n is what this line of an answer begins with, no tag',
  ],
  ['a <b title="a title that is longer than what is held', 'a'],
  ['Title\n--', 'Title'],
  ['Title\n---\n', 'Title\n---\n'],
  ['text\n2.', 'text'],
  ['| a | b', '| a | b|\n|-|-|'],
  ['| a | b |\n|--', '| a | b |\n|-|-|'],
  ['```js\nlet a = `x\n``', '```js\nlet a = `x\n'],
  ['5 * 3 = 15, snake_case, a < b', '5 * 3 = 15, snake_case, a < b'],
])('%j is repaired to %j', (text, repaired) => {
  expect(repairMarkdown(text).trimEnd()).toBe(repaired.trimEnd())
})

test('complete Markdown renders unchanged', () => {
  for (const { text } of answers) {
    expect(renderText(repairMarkdown(text)).text).toBe(renderText(text).text)
  }
})

test('any text is repaired in linear time', () => {
  const piece = fc.constantFrom(
    '*',
    '**',
    '_',
    '`',
    '[',
    '](',
    ')',
    '<',
    '$',
    '| ',
    '\n',
    'a ',
    '\\',
    '&',
    '!',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(typeof repairMarkdown(pieces.join(''))).toBe('string')
    }),
    { numRuns: 300 },
  )
  for (const each of ['[', '*a ', '<a ', '](', '`', '$a', '| ']) repairMarkdown(each.repeat(10_000))
})

test('repairs only the live block, and only its last part', () => {
  const split = createTextSplitter({ divide: containerParts, repair: repairMarkdown })
  const list = '- *one* two three four five six seven eight\n'.repeat(60)
  const [first, second] = split(`A **b\n\n${list}- **last`)
  expect(first?.text).toBe('A **b\n\n')
  expect(second?.text).toBe(`${list}- **last**`)
  const parts = second?.container?.parts ?? []
  expect(parts.length).toBeGreaterThan(2)
  expect(parts.at(-1)?.text).toMatch(/- \*\*last\*\*$/)
  expect(split(`A **b\n\n${list}- **last`, true).at(-1)?.text).toBe(`${list}- **last`)
})

describe('a settled block with a reference whose definition has not arrived', () => {
  const block = 'See [the book][knuth], it is **good.\n\n'
  const shown = (blocks: readonly { text: string }[]) => renderText(blocks[0]!.text).text

  test.each([undefined, containerParts])(
    'shows it as a link until the text has ended',
    (divide) => {
      const split = createTextSplitter({ repair: repairMarkdown, divide })
      const first = split(`${block}More`)
      expect(first[0]!.settled).toBe(true)
      expect(shown(first)).toBe('Seethebook,itis**good.')
      // While it does not change, it is the same object.
      expect(split(`${block}More text`)[0]).toBe(first[0])
      expect(shown(split(`${block}More text`, true))).toBe('See[thebook][knuth],itis**good.')
    },
  )

  test('gets the definition when it arrives, and keeps it to the end', () => {
    const split = createTextSplitter({ repair: repairMarkdown })
    const text = `${block}More\n\n[knuth]: https://example.com/knuth\n`
    split(`${block}More`)
    expect(shown(split(`${text}\nmore`))).toBe('Seethebook,itis**good.')
    const ended = split(`${text}\nmore`, true)
    expect(shown(ended)).toBe('Seethebook,itis**good.')
    expect(ended[0]!.text).toMatch(/^\[knuth\]: https:\/\/example.com\/knuth\s+See/)
    expect(ended[0]!.text.endsWith(block)).toBe(true)
  })

  test('shows its brackets without repair', () => {
    expect(shown(createTextSplitter()(`${block}More`))).toBe('See[thebook][knuth],itis**good.')
  })
})

test('the blocks of an answer with reference links only grow', () => {
  const [answer] = answers.filter(({ text }) => text.includes(']['))
  const { wrong } = measureGrowth(answer!.text, (prefix) =>
    createTextSplitter({ repair: repairMarkdown })(prefix)
      .map(({ text }) => text)
      .join('\n\n'),
  )
  expect(wrong).toEqual([])
})
