/** The start of Unicode's private use area, which no answer contains. */
const firstMark = 0xe000
const mark = /[\ue000-\uf8ff]/

/** The start of a word inside a line: a mark there splits neither a word nor Markdown syntax. */
const safePlace = /(?<=[\p{L}\p{N},.;] )\p{L}/gu

/**
 * Inserts a marker character into Markdown for each seam, at the first safe place after it. A text that
 * grows at its end keeps growing at its end.
 */
export function markSeams(text: string, seams: readonly number[]): string {
  let marked = ''
  let from = 0
  seams.forEach((seam, index) => {
    safePlace.lastIndex = Math.max(seam, from)
    const at = safePlace.exec(text)?.index
    if (at === undefined) return
    marked += text.slice(from, at) + String.fromCharCode(firstMark + index)
    from = at
  })
  return marked + text.slice(from)
}

interface HtmlNode {
  type: string
  value?: string
  tagName?: string
  properties?: Record<string, unknown>
  children?: HtmlNode[] | undefined
}

/** A rehype plugin that turns each marker into an element. */
export const showSeams = () =>
  function show(node: HtmlNode): void {
    node.children = node.children?.flatMap((child) => {
      show(child)
      return child.type === 'text' ? splitAtMarks(child.value ?? '') : [child]
    })
  }

function splitAtMarks(text: string): HtmlNode[] {
  return text
    .split(/([\ue000-\uf8ff])/)
    .map((value) => (mark.test(value) ? seam(value) : { type: 'text', value }))
}

function seam(character: string): HtmlNode {
  const connection = String(character.charCodeAt(0) - firstMark + 2)
  return {
    type: 'element',
    tagName: 'span',
    properties: {
      className: ['seam'],
      role: 'img',
      ariaLabel: `Connection ${connection} begins here`,
    },
    children: [{ type: 'text', value: connection }],
  }
}
