import { memo } from 'react'
import Markdown from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import remarkGfm from 'remark-gfm'
import type { TextBlock } from 'use-streaming-completion'
import { MarkdownPart } from './markdown-part.tsx'

/** Removes empty headings: an answer may stop right after `##`. */
const dropEmptyHeadings =
  () => (tree: { children: { type: string; children?: readonly unknown[] }[] }) => {
    tree.children = tree.children.filter(
      ({ type, children }) => type !== 'heading' || children?.length,
    )
  }

const remarkPlugins = [remarkGfm, dropEmptyHeadings]
// Only code with a language: a guess could change while the code grows.
const rehypePlugins = [rehypeHighlight]

/**
 * One block of an answer. It renders only while it is live; in a long fence, list, table or
 * paragraph, only its last part renders. Settled blocks outside the view cost no layout.
 */
export const MarkdownBlock = memo(function MarkdownBlock({
  text,
  settled,
  container,
}: Omit<TextBlock, 'key'>) {
  const className = settled ? 'markdown-block settled' : 'markdown-block'
  if (!container) {
    return (
      <div className={className} dir="auto">
        <Markdown remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins}>
          {text}
        </Markdown>
      </div>
    )
  }
  const { tag: Tag, start, loose, parts } = container
  return (
    <div className={className} dir="auto">
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
