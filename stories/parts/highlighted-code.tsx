import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import bash from 'highlight.js/lib/languages/bash'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import { createLowlight } from 'lowlight'
import { memo } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'

// Only the languages of this project's examples, to keep the page small.
const lowlight = createLowlight({ bash, typescript, xml })
lowlight.registerAlias({ bash: ['sh'], typescript: ['js', 'jsx', 'ts', 'tsx'], xml: ['html'] })

type Tree = ReturnType<typeof lowlight.highlight>

/** Values in braces are expressions of JSX. To the grammar they are strings. */
function plainExpressions({ children }: Pick<Tree, 'children'>): void {
  for (const node of children) {
    if (node.type !== 'element') continue
    const [first] = node.children
    if (first?.type === 'text' && first.value.startsWith('{')) node.properties = {}
    plainExpressions(node)
  }
}

interface HighlightedCodeProps {
  code: string
  language: string
}

/** Highlighted code for `pre`. Unknown languages are not highlighted. */
export default memo(function HighlightedCode({ code, language }: HighlightedCodeProps) {
  if (!lowlight.registered(language)) return <code>{code}</code>
  const tree = lowlight.highlight(language, code)
  plainExpressions(tree)
  return <code className="hljs">{toJsxRuntime(tree, { Fragment, jsx, jsxs })}</code>
})
