import { isContinuation } from './is-continuation.ts'
import { createScan } from './scan-text.ts'
import type { TextBlock, TextFormat } from './text-block.ts'

/** Divides the text so far. `ended` says that no more of it comes, which settles the last block. */
export type SplitText = (text: string, ended?: boolean) => readonly TextBlock[]

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
 * - the text has footnotes, or a definition in doubt that another block uses (in a quote or a list,
 *   or over several lines): the whole text is one live block from there on.
 * Element tags that are left open over a blank line (`<details>`) count as text, as in a parser.
 *
 * In plain text, a block is a paragraph with the blank lines after it, or some 2,000 characters that
 * end with a line; a longer line is not divided. Rendered as block elements with
 * `white-space: pre-wrap`, they look as the whole text does.
 *
 * It may be called with any texts in any order, as renders that React discards or repeats do: a text
 * that does not go on where the last one ended is divided anew.
 */
export function createTextSplitter(format: TextFormat = 'markdown'): SplitText {
  let scan = createScan(format)
  let blocks: readonly TextBlock[] = []
  let last = ''
  let hasEnded = false

  return (text, ended = false) => {
    if (text === last && ended === hasEnded) return blocks
    if (hasEnded || !isContinuation(text, last)) scan = createScan(format)
    last = text
    hasEnded = ended
    return (blocks = scan(text, ended))
  }
}
