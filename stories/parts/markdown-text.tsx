import { containerParts, repairMarkdown, useTextBlocks } from 'use-streaming-completion'
import { MarkdownBlock } from './markdown-block.tsx'
import './markdown.css'

interface MarkdownTextProps {
  text: string
  /** Whether the text is final. */
  ended: boolean
}

/** Streaming Markdown: settled blocks render once, and only the last one renders again. */
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
