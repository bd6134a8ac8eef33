import type { DivideContainer } from './containers/open-container.ts'
import { isContinuation } from './is-continuation.ts'
import { createScan } from './scan-text.ts'
import type { TextBlock, TextFormat } from './text-block.ts'

/** Splits the text so far. `ended` means that the text is complete, which settles the last block. */
export type SplitText = (text: string, ended?: boolean) => readonly TextBlock[]

/** The options of {@link createTextSplitter}. */
export interface TextSplitterOptions {
  /** How the text is rendered. Default: `'markdown'`. */
  format?: TextFormat | undefined
  /** `containerParts`, to divide long blocks into parts. Default: blocks are not divided. */
  divide?: DivideContainer | undefined
  /** `repairMarkdown`, or another function that changes live Markdown. Default: no change. */
  repair?: ((text: string) => string) | undefined
}

/**
 * Splits a growing text into blocks that can be rendered one by one: settled blocks, and a tail that still
 * grows. Call it with the whole text each time. It reads only the new part, so the total cost is linear in
 * the length of the text. The same text always gives the same blocks, and an unchanged block is the same
 * object.
 *
 * In Markdown, the blocks of a complete text, rendered one by one, look the same as the whole text. Before
 * that, this holds for the settled blocks and for the tail, except that a reference definition in the tail
 * does not reach settled blocks yet. A settled block changes only if
 * - a reference definition that it uses arrives later: the block gets a copy of it;
 * - `repair` shows a reference in it as a link, and the text ends without its definition;
 * - the text has footnotes, or an ambiguous definition that another block uses (in a quote or a list, or over
 *   several lines): from there on, the whole text is one live block.
 * Element tags that stay open across a blank line (`<details>`) count as text, as in a parser.
 *
 * With `containerParts`, a block that is a fence, a list, a table or a long paragraph has a `container` with
 * parts that settle while the block is live. Rendered into one element, their children look the same as the
 * block. Up to two blocks at the end are live then, because the text after a container may belong to it.
 *
 * In plain text, a block is a paragraph with the blank lines after it, or about 2,000 characters up to a
 * line end; a longer line is not split. Rendered as block elements with `white-space: pre-wrap`, the blocks
 * look the same as the whole text.
 *
 * It may be called with any texts in any order, as happens when React discards or repeats renders. A text
 * that does not continue the previous one is split from its beginning.
 */
export function createTextSplitter({
  format = 'markdown',
  divide,
  repair,
}: TextSplitterOptions = {}): SplitText {
  let scan = createScan(format, divide, repair)
  let blocks: readonly TextBlock[] = []
  let last = ''
  let hasEnded = false

  return (text, ended = false) => {
    if (text === last && ended === hasEnded) return blocks
    if (hasEnded || !isContinuation(text, last)) scan = createScan(format, divide, repair)
    last = text
    hasEnded = ended
    return (blocks = scan(text, ended))
  }
}
