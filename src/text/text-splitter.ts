import type { DivideContainer } from './containers/open-container.ts'
import { isContinuation } from './is-continuation.ts'
import { createScan } from './scan-text.ts'
import type { TextBlock, TextFormat } from './text-block.ts'

/** Divides the text so far. `ended` says that no more of it comes, which settles the last block. */
export type SplitText = (text: string, ended?: boolean) => readonly TextBlock[]

/** The options of {@link createTextSplitter}. */
export interface TextSplitterOptions {
  /** How the text is rendered. Default: `'markdown'`. */
  format?: TextFormat | undefined
  /** `containerParts`, to divide long blocks into parts. Default: blocks are not divided. */
  divide?: DivideContainer | undefined
  /** `repairMarkdown`, or what else is to be made of Markdown that is live. Default: as it stands. */
  repair?: ((text: string) => string) | undefined
}

/**
 * Divides a text that grows into blocks that can be rendered one by one: settled ones, and a tail
 * that still grows. Call it with the whole text each time; it reads only what is new, so that the
 * cost of all calls together is linear in the length of the text. The same text gives the same
 * blocks, however it came; a block that did not change is the same object.
 *
 * In Markdown, all blocks rendered alone give what the whole text gives, if it has ended. Before, so
 * do the settled blocks for the text up to the tail, and the tail as well, but that a reference
 * definition in the tail does not reach the settled blocks yet. A settled block changes only if
 * - a reference definition that it uses comes later: it gets a copy of it;
 * - `repair` shows a reference in it as a link, and the text ends without its definition;
 * - the text has footnotes, or a definition in doubt that another block uses (in a quote or a list,
 *   or over several lines): the whole text is one live block from there on.
 * Element tags that are left open over a blank line (`<details>`) count as text, as in a parser.
 *
 * With `containerParts`, a block that is a fence, a list, a table or a long paragraph has a `container`
 * with parts that settle while the block is live. Their children in one element are what the block
 * renders as. Up to two blocks in the end are live then: what follows a container may turn out to
 * belong to it.
 *
 * In plain text, a block is a paragraph with the blank lines after it, or some 2,000 characters that
 * end with a line; a longer line is not divided. Rendered as block elements with
 * `white-space: pre-wrap`, they look as the whole text does.
 *
 * It may be called with any texts in any order, as renders that React discards or repeats do: a text
 * that does not go on where the last one ended is divided anew.
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
