import type { TextBlock } from './text-block.ts'

/** Consecutive blocks. */
export type TextBlockGroup = readonly [TextBlock, ...TextBlock[]]

/** The previous group that starts with a block. */
const groups = new WeakMap<TextBlock, TextBlockGroup>()

/**
 * Groups the blocks of a long text by `size`; the last group may have fewer. A group whose blocks are
 * unchanged is the same array, so a component memoised per group does not render again.
 *
 * Use it for answers with hundreds of blocks. At each update, React compares groups instead of blocks, and
 * the browser checks groups for visibility. An update at a megabyte then costs about as much as one at the
 * beginning.
 *
 * @param size the number of blocks per group: the same for all updates of a text. Default: 50.
 *
 * @example
 * const Block = memo(function Block({ text }: { text: string }) {
 *   return <Markdown>{text}</Markdown>
 * })
 *
 * const Group = memo(function Group({ blocks }: { blocks: TextBlockGroup }) {
 *   const settled = blocks.every((block) => block.settled)
 *   return (
 *     <div style={settled ? { contentVisibility: 'auto', containIntrinsicSize: 'auto 99em' } : {}}>
 *       {blocks.map(({ key, text }) => <Block key={key} text={text} />)}
 *     </div>
 *   )
 * })
 *
 * function Answer({ text, ended }: { text: string; ended: boolean }) {
 *   const groups = groupTextBlocks(useTextBlocks(text, { ended }))
 *   return groups.map((blocks) => <Group key={blocks[0].key} blocks={blocks} />)
 * }
 */
export function groupTextBlocks(
  blocks: readonly TextBlock[],
  size = 50,
): readonly TextBlockGroup[] {
  const grouped: TextBlockGroup[] = []
  for (let start = 0; start < blocks.length; start += size) {
    const group = blocks.slice(start, start + size) as [TextBlock, ...TextBlock[]]
    const known = groups.get(group[0])
    const isKnown =
      known?.length === group.length && known.every((block, index) => block === group[index])
    if (!isKnown) groups.set(group[0], group)
    grouped.push(isKnown ? known : group)
  }
  return grouped
}
