import type { TextContainer } from '../../../src/text/text-block.ts'
import { renderedNodes, type Dialect, type RenderedNode } from './markdown-tree.ts'

const nodeTypes = { pre: 'code', ol: 'list', ul: 'list', table: 'table', p: 'paragraph' } as const

/** Renders the parts of a container in one element, like the renderer in the docs. */
export function joinParts(container: TextContainer, dialect: Dialect): RenderedNode {
  const { tag, language, start, loose, parts } = container
  const roots = parts.map(({ text }) => {
    const nodes = renderedNodes(text, dialect)
    const [node] = nodes
    if (nodes.length !== 1 || node?.type !== nodeTypes[tag]) {
      throw new Error(`A part renders as no ${tag} alone: ${JSON.stringify(text)}`)
    }
    return node
  })
  const first = roots[0]!
  const childrenOf = (node: RenderedNode) => node.children ?? []
  if (tag === 'pre') {
    const lang = typeof first.lang === 'string' ? first.lang : undefined
    if ((language ?? lang) !== lang) throw new Error(`${lang} is named ${language}`)
    return {
      ...first,
      value: roots.map(({ value = '' }) => value.replace(/\r\n?/g, '\n')).join('\n'),
    }
  }
  if (tag === 'table') {
    const rows = roots.flatMap((node, index) => childrenOf(node).slice(index === 0 ? 0 : 1))
    return { ...first, children: rows }
  }
  if (tag === 'p') return { ...first, children: withJoinedText(roots.flatMap(childrenOf)) }
  if ((tag === 'ol') !== (first.ordered === true)) throw new Error(`${tag} is none`)
  if (first.ordered && first.start !== start) throw new Error(`Begins at ${start}`)
  return { ...first, spread: loose, children: roots.flatMap(childrenOf) }
}

/** Joins consecutive texts, as a reader sees them. */
function withJoinedText(nodes: readonly RenderedNode[]): RenderedNode[] {
  const joined: RenderedNode[] = []
  for (const node of nodes) {
    const last = joined.at(-1)
    if (last?.type === 'text' && node.type === 'text') {
      joined[joined.length - 1] = { ...last, value: `${last.value}${node.value}` }
    } else joined.push(node)
  }
  return joined
}
