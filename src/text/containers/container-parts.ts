import { codeContainer } from './code-container.ts'
import { listContainer } from './list-container.ts'
import type { DivideContainer } from './open-container.ts'
import { paragraphContainer } from './paragraph-container.ts'
import { tableContainer } from './table-container.ts'

/**
 * Divides blocks that are one fence, one list or one table between their lines, items and rows, and
 * long paragraphs between their sentences: the `divide` of `useTextBlocks` and `createTextSplitter`.
 * A part has about 1,000 characters, or is a single line, item, row or sentence that is longer.
 *
 * A block is not divided if only a complete parser can tell what belongs to it, for example a table row
 * without a leading bar, or text at the margin after a list item that does not end with text.
 */
export const containerParts: DivideContainer = (line, isWhole) =>
  isWhole
    ? (codeContainer(line) ?? listContainer(line) ?? tableContainer(line))
    : paragraphContainer(line)
