import { memo } from 'react'
import type { TextBlockGroup } from 'use-streaming-completion'
import { MarkdownBlock } from '../parts/markdown-block.tsx'

/** Consecutive blocks. Once all are settled, the group never renders again. */
export const BlockGroup = memo(function BlockGroup({ blocks }: { blocks: TextBlockGroup }) {
  const settled = blocks.every((block) => block.settled)
  return (
    <div className={settled ? 'block-group settled' : 'block-group'}>
      {blocks.map(({ key, ...block }) => (
        <MarkdownBlock key={key} {...block} />
      ))}
    </div>
  )
})
