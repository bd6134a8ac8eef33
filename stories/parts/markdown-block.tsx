import { memo } from 'react'
import Markdown from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import remarkGfm from 'remark-gfm'
import type { TextBlock } from 'use-streaming-completion'
import { MarkdownPart } from './markdown-part.tsx'

/** Of an answer that stops right after `##`, no heading is shown. */
const dropEmptyHeadings =
  () => (tree: { children: { type: string; children?: readonly unknown[] }[] }) => {
    tree.children = tree.children.filter(
      ({ type, children }) => type !== 'heading' || children?.length,
    )
  }

const remarkPlugins = [remarkGfm, dropEmptyHeadings]
// Only what says its language: to guess one would change the colours while the code grows.
const rehypePlugins = [rehypeHighlight]

/**
 * One block of an answer. It renders again only while it is live; of a long fence, list, table or
 * paragraph, so does its last part only. What is settled off the screen costs no layout either.
 */
export const MarkdownBlock = memo(function MarkdownBlock({
  text,
  settled,
  container,
}: Omit<TextBlock, 'key'>) {
  const className = settled ? 'markdown-block settled' : 'markdown-block'
  if (!container) {
    return (
      <div className={className}>
        <Markdown remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins}>
          {text}
        </Markdown>
      </div>
    )
  }
  const { tag: Tag, start, loose, parts } = container
  return (
    <div className={className}>
      <Tag {...(Tag === 'ol' && { start })}>
        {parts.map((part, index) => (
          <MarkdownPart
            key={part.key}
            text={part.text}
            isFirst={index === 0}
            isLoose={loose === true}
          />
        ))}
      </Tag>
    </div>
  )
})
