import { memo } from 'react'
import { groupTextBlocks, useTextBlocks, type TextBlockGroup } from '../../src/index.ts'
import type { View as ViewType } from '../page/contestant.ts'
import { renderMarkdown } from './markdown.tsx'

export { expected, normalize } from './markdown.tsx'

/**
 * Each block with its own Markdown renderer, which runs again only for a changed block; in groups, as recommended
 * for answers of hundreds of blocks.
 */
export const View: ViewType = ({ text, finished }) =>
  groupTextBlocks(useTextBlocks(text, { format: 'markdown', ended: finished })).map((blocks) => (
    <Group key={blocks[0].key} blocks={blocks} />
  ))

const Group = memo(function Group({ blocks }: { blocks: TextBlockGroup }) {
  return (
    <div className={blocks.every((block) => block.settled) ? 'settled-group' : undefined}>
      {blocks.map((block) => (
        <Block key={block.key} text={block.text} settled={block.settled} />
      ))}
    </div>
  )
})

const Block = memo(function Block({ text, settled }: { text: string; settled: boolean }) {
  return <div className={settled ? 'settled' : undefined}>{renderMarkdown(text)}</div>
})
