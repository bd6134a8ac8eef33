import type { TextBlock } from './text-block.ts'

/** Blocks that follow each other. */
export type TextBlockGroup = readonly [TextBlock, ...TextBlock[]]

/** What the group was that begins with a block. */
const groups = new WeakMap<TextBlock, TextBlockGroup>()

/**
 * Puts the blocks of a long text into groups of `size`; the last one may have fewer. A group whose
 * blocks are the same is the same array, so that a component memoised by group renders once.
 *
 * For answers of hundreds of blocks: React compares groups at each update instead of all blocks, and
 * the browser looks at groups to find what is out of sight. An update then costs at a megabyte about
 * what it costs at the beginning.
 *
 * @param size how many blocks a group has; the same for all updates of a text. Default: 50.
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
