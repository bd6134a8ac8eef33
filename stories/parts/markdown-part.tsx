import { createContext, memo, useContext, type ComponentProps } from 'react'
import Markdown, { type ExtraProps } from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import remarkGfm from 'remark-gfm'

/** Whether the next container element is the outermost one, which is omitted. */
const IsOutermost = createContext(true)

type Tag = 'pre' | 'ol' | 'ul' | 'table' | 'p'

/** Renders the element, except for the outermost one, which renders only its children. */
function childrenOf(Tag: Tag) {
  return function Part({ node: _, ...props }: ComponentProps<Tag> & ExtraProps) {
    const isOutermost = useContext(IsOutermost)
    if (!isOutermost) return <Tag {...(props as object)}>{props.children}</Tag>
    return <IsOutermost value={false}>{props.children}</IsOutermost>
  }
}

const firstPart = {
  pre: childrenOf('pre'),
  ol: childrenOf('ol'),
  ul: childrenOf('ul'),
  table: childrenOf('table'),
  p: childrenOf('p'),
}
/** Every part of a table repeats the head, so later parts omit it. */
const laterPart = { ...firstPart, thead: () => null }

interface ListNode {
  type: string
  spread?: boolean | null
}

/** Renders the items of a part with paragraphs, as in the complete loose list. */
const spreadList = () => (tree: { children: ListNode[] }) => {
  for (const node of tree.children) if (node.type === 'list') node.spread = true
}

const tight = [remarkGfm]
const loose = [remarkGfm, spreadList]
const rehypePlugins = [rehypeHighlight]

interface MarkdownPartProps {
  text: string
  isFirst: boolean
  isLoose: boolean
}

/** The children that a part adds to its container element. Only the last part renders again. */
export const MarkdownPart = memo(function MarkdownPart({
  text,
  isFirst,
  isLoose,
}: MarkdownPartProps) {
  return (
    <Markdown
      components={isFirst ? firstPart : laterPart}
      remarkPlugins={isLoose ? loose : tight}
      rehypePlugins={rehypePlugins}
    >
      {text}
    </Markdown>
  )
})
