import { memo } from 'react'
import { useTextBlocks } from '../../src/react/use-text-blocks.ts'
import type { View as ViewType } from '../page/contestant.ts'

/** Paragraphs as memoised blocks; the browser skips the settled ones that are out of sight. */
export const View: ViewType = ({ text, finished }) =>
  useTextBlocks(text, { format: 'plain', ended: finished }).map((block) => (
    <Block key={block.key} text={block.text} settled={block.settled} />
  ))

const Block = memo(function Block({ text, settled }: { text: string; settled: boolean }) {
  return <div className={settled ? 'block settled' : 'block'}>{text}</div>
})
