import { codeContainer } from './code-container.ts'
import { listContainer } from './list-container.ts'
import type { DivideContainer } from './open-container.ts'
import { paragraphContainer } from './paragraph-container.ts'
import { tableContainer } from './table-container.ts'

/**
 * Divides blocks that are one fence, one list or one table between their lines, items and rows, and
 * long paragraphs between their sentences: the `divide` of `useTextBlocks` and `createTextSplitter`.
 * A part has some 1,000 characters, or one line, item, row or sentence that is longer.
 *
 * A block is not divided where only a whole parser could tell what belongs to it: rows without a bar
 * before them, say, or text at the margin after an item that ends with something else than text.
 */
export const containerParts: DivideContainer = (line, isWhole) =>
  isWhole
    ? (codeContainer(line) ?? listContainer(line) ?? tableContainer(line))
    : paragraphContainer(line)
