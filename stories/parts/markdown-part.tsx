import { createContext, memo, useContext, type ComponentProps } from 'react'
import Markdown, { type ExtraProps } from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import remarkGfm from 'remark-gfm'

/** Whether the element of the container is still to be left out. */
const IsOutermost = createContext(true)

type Tag = 'pre' | 'ol' | 'ul' | 'table' | 'p'

/** The element with this name, but that the outermost one renders its children alone. */
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
/** Each part of a table has its head. */
const laterPart = { ...firstPart, thead: () => null }

interface ListNode {
  type: string
  spread?: boolean | null
}

/** Renders the items of a part as those of the whole list, of which it shows but a few. */
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

/** What a part adds to the element of its container. It renders again only while it is the last one. */
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
