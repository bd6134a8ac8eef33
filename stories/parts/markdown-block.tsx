import { memo } from 'react'
import Markdown from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import remarkGfm from 'remark-gfm'

const remarkPlugins = [remarkGfm]
// Only what says its language: to guess one would change the colours while the code grows.
const rehypePlugins = [rehypeHighlight]

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
      <Markdown remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins}>
        {text}
      </Markdown>
    </div>
  )
})
