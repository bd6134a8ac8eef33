import type { Nodes, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

export type Dialect = 'commonmark' | 'gfm'

/**
 * What a text renders as, in a form that can be compared: links stand for the references to them,
 * and the footnotes are at the end.
 *
 * Line ends at the end of code and HTML are left out: for a fence in a list that nothing closes,
 * micromark itself counts them differently with what follows.
 */
export function markdownTree(text: string, dialect: Dialect): string[] {
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

  const footnotes: unknown[] = []
  const plain = (node: Nodes): object => {
    const { position: _, ...rest } = node
    if (node.type === 'code' || node.type === 'html') {
      return { ...rest, value: node.value.replace(/[\r\n]+$/, '') }
    }
    if (node.type === 'imageReference') {
      return { type: 'image', alt: node.alt, ...targets.get(node.identifier.toUpperCase()) }
    }
    const children = 'children' in node ? childrenOf(node.children) : undefined
    if (node.type === 'linkReference') {
      return { type: 'link', children, ...targets.get(node.identifier.toUpperCase()) }
    }
    return children ? { ...rest, children } : rest
  }
  const childrenOf = (children: RootContent[]): object[] =>
    children.flatMap((child) => {
      if (child.type === 'definition') return []
      if (child.type !== 'footnoteDefinition') return [plain(child)]
      footnotes.push(plain(child))
      return []
    })

  const rendered = childrenOf(tree.children)
  if (calls.length > 0) rendered.push({ type: 'footnotes', footnotes })
  return rendered.map((node) => JSON.stringify(node))
}

function walk(node: Nodes, visit: (node: Nodes) => void) {
  visit(node)
  if ('children' in node) for (const child of node.children) walk(child, visit)
}
