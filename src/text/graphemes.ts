/** How far to look past the target: rules of graphemes look one code point ahead. */
const lookAhead = 4

let segmenter: Intl.Segmenter | undefined

/** The graphemes of a string, or its code points where the browser knows no graphemes. */
function graphemesOf(text: string): Iterable<string> {
  if (typeof Intl !== 'object' || !('Segmenter' in Intl)) return text
  segmenter ??= new Intl.Segmenter()
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/**
 * The end of the last whole grapheme that ends at or before `target`, from the end of another one.
 * While the text grows, its last grapheme is not taken as whole: a combining mark, the second half of
 * a flag, or the rest of an emoji may follow.
 */
export function graphemeEnd(text: string, from: number, target: number, ended: boolean): number {
  // Half a code point says nothing yet about where the grapheme before it ends.
  const isCut = !ended && /[\ud800-\udbff]$/.test(text.slice(-1))
  const length = text.length - (isCut ? 1 : 0)
  let end = from
  for (const grapheme of graphemesOf(text.slice(from, Math.min(target + lookAhead, length)))) {
    const next = end + grapheme.length
    if (next > target || (next >= length && !ended)) break
    end = next
  }
  return end
}
