import { useMemo } from 'react'
import type { TextBlock } from '../text/text-block.ts'
import { createTextSplitter, type TextSplitterOptions } from '../text/text-splitter.ts'

/** The options of {@link useTextBlocks}. */
export interface UseTextBlocksOptions extends TextSplitterOptions {
  /** Whether no more text comes, which settles the last block. Default: `false`. */
  ended?: boolean | undefined
}

/**
 * Divides a text that grows into settled blocks, which need not be rendered again, and one live tail:
 * so a long answer costs no more per frame than a short one. `createTextSplitter` says what exactly
 * is guaranteed. The array is the same as long as the text is, and a block that did not change is.
 * For answers of more than some hundred blocks, see `groupTextBlocks`.
 *
 * @example
 * const Block = memo(function Block({ text, settled }: TextBlock) {
 *   return (
 *     <div style={settled ? { contentVisibility: 'auto', containIntrinsicSize: 'auto 5em' } : {}}>
 *       <Markdown>{text}</Markdown>
 *     </div>
 *   )
 * })
 *
 * function Answer({ text, ended }: { text: string; ended: boolean }) {
 *   return useTextBlocks(text, { ended }).map(({ key, ...block }) => <Block key={key} {...block} />)
 * }
 */
export function useTextBlocks(
  text: string,
  { format, divide, repair, ended = false }: UseTextBlocksOptions = {},
): readonly TextBlock[] {
  const split = useMemo(
    () => createTextSplitter({ format, divide, repair }),
    [format, divide, repair],
  )
  return useMemo(() => split(text, ended), [split, text, ended])
}
