import { createContext, memo, useContext, type ReactNode } from 'react'
import Markdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { containerParts, useTextBlocks, type TextBlock } from '../../src/index.ts'
import type { View as ViewType } from '../page/contestant.ts'
import { renderMarkdown } from './markdown.tsx'

export { expected, normalize } from './markdown.tsx'

const plugins = [remarkGfm]
const Outermost = createContext(true)

/** Renders only the children of the outermost element, as in the documentation. */
const inside = (Tag: 'pre' | 'ol' | 'ul' | 'table' | 'p') =>
  function Inside({ children }: { children?: ReactNode }) {
    return useContext(Outermost) ? (
      <Outermost.Provider value={false}>{children}</Outermost.Provider>
    ) : (
      <Tag>{children}</Tag>
    )
  }

const first = {
  pre: inside('pre'),
  ol: inside('ol'),
  ul: inside('ul'),
  table: inside('table'),
  p: inside('p'),
}
const later = { ...first, thead: () => null }

/** Long blocks in parts, each with its own Markdown renderer. */
export const View: ViewType = ({ text, finished }) =>
  useTextBlocks(text, { ended: finished, divide: containerParts }).map((block) => (
    <Block key={block.key} block={block} />
  ))

const Block = memo(function Block({ block: { text, container } }: { block: TextBlock }) {
  if (!container) return <div>{renderMarkdown(text)}</div>
  const { tag: Tag, parts } = container
  return (
    <Tag>
      {parts.map(({ key, text }, index) => (
        <Part key={key} text={text} isFirst={index === 0} />
      ))}
    </Tag>
  )
})

const Part = memo(function Part({ text, isFirst }: { text: string; isFirst: boolean }) {
  return (
    <Markdown components={isFirst ? first : later} remarkPlugins={plugins}>
      {text}
    </Markdown>
  )
})
