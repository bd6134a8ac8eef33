import { memo } from 'react'
import { useTextBlocks } from '../../src/react/use-text-blocks.ts'
import type { View as ViewType } from '../page/contestant.ts'
import { renderMarkdown } from './markdown.tsx'

export { expected, normalize } from './markdown.tsx'

/** Each block through a Markdown renderer of its own, which is called again for a changed block only. */
export const View: ViewType = ({ text, finished }) =>
  useTextBlocks(text, { format: 'markdown', ended: finished }).map((block) => (
    <Block key={block.key} text={block.text} settled={block.settled} />
  ))

const Block = memo(function Block({ text, settled }: { text: string; settled: boolean }) {
  return <div className={settled ? 'settled' : undefined}>{renderMarkdown(text)}</div>
})
