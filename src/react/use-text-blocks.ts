import { useMemo } from 'react'
import type { TextBlock } from '../text/text-block.ts'
import { createTextSplitter, type TextSplitterOptions } from '../text/text-splitter.ts'

/** The options of {@link useTextBlocks}. */
export interface UseTextBlocksOptions extends TextSplitterOptions {
  /** Whether the text is complete, which settles the last block. Default: `false`. */
  ended?: boolean | undefined
}

/**
 * Splits a growing text into settled blocks, which do not have to be rendered again, and one live tail, so
 * that a long answer costs no more per frame than a short one. `createTextSplitter` documents the guarantees.
 * The array is the same object while the text is the same, and an unchanged block keeps its identity. For
 * answers with hundreds of blocks, see `groupTextBlocks`.
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
