/** How far to look past the target: grapheme rules need one code point of lookahead. */
const lookAhead = 4

let segmenter: Intl.Segmenter | undefined

/** The graphemes of a string, or its code points in browsers without `Intl.Segmenter`. */
function graphemesOf(text: string): Iterable<string> {
  if (typeof Intl !== 'object' || !('Segmenter' in Intl)) return text
  segmenter ??= new Intl.Segmenter()
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/**
 * The end of the last complete grapheme that ends at or before `target`. `from` has to be the end of a grapheme.
 * While the text grows, its last grapheme does not count as complete: a combining mark, the second half of
 * a flag, or the rest of an emoji may follow.
 */
export function graphemeEnd(text: string, from: number, target: number, ended: boolean): number {
  // With half a code point, the end of the previous grapheme is not known yet.
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
