import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markSeams } from '../../stories/resume/mark-seams.ts'

const words = fc.array(
  fc.constantFrom('Kyoto ', '**bold** ', '`code` ', '\n\n## Day ', '嵐山', 'x'),
  {
    maxLength: 20,
  },
)
const seams = fc
  .array(fc.nat(80), { maxLength: 4 })
  .map((places) => places.toSorted((one, other) => one - other))

test('a mark is placed before the first whole word after its seam', () => {
  expect(markSeams('Days in **Kyoto** are short', [6])).toBe('Days in **Kyoto** are \ue000short')
  expect(markSeams('Days in', [7])).toBe('Days in')
})

test('marks do not change the text, and a growing text stays a prefix', () => {
  fc.assert(
    fc.property(words, seams, (pieces, places) => {
      const text = pieces.join('')
      const marked = markSeams(text, places)
      expect(marked.replaceAll(/[\ue000-\uf8ff]/g, '')).toBe(text)
      for (let length = 0; length < text.length; length++) {
        const earlier = places.filter((place) => place <= length)
        expect(marked.startsWith(markSeams(text.slice(0, length), earlier))).toBe(true)
      }
    }),
    { numRuns: 100 },
  )
})
