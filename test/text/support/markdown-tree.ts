import type { Nodes, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

export type Dialect = 'commonmark' | 'gfm'

/** A node of a rendered text. */
export interface RenderedNode {
  readonly type: string
  readonly value?: string
  readonly children?: readonly RenderedNode[]
  readonly [key: string]: unknown
}

/**
 * Renders a text: references become links, and footnotes are at the end. A list is `spread` if its items render
 * as paragraphs.
 */
export function renderedNodes(text: string, dialect: Dialect): RenderedNode[] {
  const tree =
    dialect === 'gfm'
      ? fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
      : fromMarkdown(text)
  const targets = new Map<string, { url: string; title: unknown }>()
  const calls: string[] = []
  walk(tree, (node) => {
    if (node.type === 'footnoteReference') calls.push(node.identifier)
    const key = node.type === 'definition' && node.identifier.toUpperCase()
    if (key && !targets.has(key)) targets.set(key, { url: node.url, title: node.title })
  })

  const footnotes: RenderedNode[] = []
  const plain = (node: Nodes): RenderedNode => {
    const { position: _, ...rest } = node
    if (node.type === 'imageReference') {
      return { type: 'image', alt: node.alt, ...targets.get(node.identifier.toUpperCase()) }
    }
    const children = 'children' in node ? childrenOf(node.children) : undefined
    if (node.type === 'linkReference') {
      return {
        type: 'link',
        children,
        ...targets.get(node.identifier.toUpperCase()),
      } as RenderedNode
    }
    if (node.type === 'list') {
      const spread = node.spread === true || node.children.some((item) => item.spread)
      return { ...rest, spread, children } as RenderedNode
    }
    return (children ? { ...rest, children } : rest) as RenderedNode
  }
  const childrenOf = (children: RootContent[]): RenderedNode[] =>
    children.flatMap((child) => {
      if (child.type === 'definition') return []
      if (child.type !== 'footnoteDefinition') return [plain(child)]
      footnotes.push(plain(child))
      return []
    })

  const rendered = childrenOf(tree.children)
  if (calls.length > 0) rendered.push({ type: 'footnotes', footnotes })
  return rendered
}

/**
 * Converts nodes to a comparable form. Line endings in code and HTML are unified, and removed at the end: for an
 * unclosed fence in a list, micromark itself counts them differently depending on the following text.
 */
export function comparable(nodes: readonly RenderedNode[]): string[] {
  return nodes.map((node) =>
    JSON.stringify(node, (_, value: RenderedNode | undefined) =>
      value?.type === 'code' || value?.type === 'html'
        ? { ...value, value: value.value?.replace(/\r\n?/g, '\n').replace(/\n+$/, '') }
        : value,
    ),
  )
}

export const markdownTree = (text: string, dialect: Dialect): string[] =>
  comparable(renderedNodes(text, dialect))

function walk(node: Nodes, visit: (node: Nodes) => void) {
  visit(node)
  if ('children' in node) for (const child of node.children) walk(child, visit)
}
