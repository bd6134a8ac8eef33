import { memo } from 'react'
import Markdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { repairMarkdown, useTextBlocks } from 'use-streaming-completion'
import '../parts/markdown.css'
import { markSeams, showSeams } from './mark-seams.ts'

interface SeamedTextProps {
  text: string
  /** The positions in the text at which the second and later connections began. */
  seams: readonly number[]
  ended: boolean
}

const remarkPlugins = [remarkGfm]
const rehypePlugins = [showSeams]

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <Markdown remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins}>
      {text}
    </Markdown>
  )
})

/** The answer as it grows, with a number wherever another connection took over. */
export function SeamedText({ text, seams, ended }: SeamedTextProps) {
  const blocks = useTextBlocks(markSeams(text, seams), { ended, repair: repairMarkdown })
  return (
    <div className="markdown" dir="auto">
      {blocks.map(({ key, text: block }) => (
        <Block key={key} text={block} />
      ))}
    </div>
  )
}
