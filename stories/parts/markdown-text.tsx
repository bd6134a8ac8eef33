import { containerParts, repairMarkdown, useTextBlocks } from 'use-streaming-completion'
import { MarkdownBlock } from './markdown-block.tsx'
import './markdown.css'

interface MarkdownTextProps {
  text: string
  /** Whether no more of it will come. */
  ended: boolean
}

/** Markdown as it arrives: what is settled is rendered once, and only the end of it again. */
export function MarkdownText({ text, ended }: MarkdownTextProps) {
  const blocks = useTextBlocks(text, { ended, divide: containerParts, repair: repairMarkdown })
  if (text === '') return null
  return (
    <div className="markdown" dir="auto">
      {blocks.map(({ key, ...block }) => (
        <MarkdownBlock key={key} {...block} />
      ))}
    </div>
  )
}
