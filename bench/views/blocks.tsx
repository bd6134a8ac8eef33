import { memo } from 'react'
import { groupTextBlocks, useTextBlocks, type TextBlockGroup } from '../../src/index.ts'
import type { View as ViewType } from '../page/contestant.ts'

/**
 * Paragraphs as memoised blocks, in groups, as recommended for answers of hundreds of blocks. The browser skips
 * settled groups outside the view.
 */
export const View: ViewType = ({ text, finished }) =>
  groupTextBlocks(useTextBlocks(text, { format: 'plain', ended: finished })).map((blocks) => (
    <Group key={blocks[0].key} blocks={blocks} />
  ))

const Group = memo(function Group({ blocks }: { blocks: TextBlockGroup }) {
  return (
    <div className={blocks.every((block) => block.settled) ? 'settled-group' : undefined}>
      {blocks.map(({ key, text }) => (
        <Block key={key} text={text} />
      ))}
    </div>
  )
})

const Block = memo(function Block({ text }: { text: string }) {
  return <div className={'block'}>{text}</div>
})
