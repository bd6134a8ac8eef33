import { memo } from 'react'
import Markdown from 'react-markdown'
import remarkGfm from 'remark-gfm'

const plugins = [remarkGfm]

/**
 * One block of an answer. It renders again only while it is the last one; a settled block off the
 * screen costs no layout either.
 */
export const MarkdownBlock = memo(function MarkdownBlock({
  text,
  settled,
}: {
  text: string
  settled: boolean
}) {
  return (
    <div className={settled ? 'markdown-block settled' : 'markdown-block'}>
      <Markdown remarkPlugins={plugins}>{text}</Markdown>
    </div>
  )
})
