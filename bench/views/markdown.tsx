import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import Markdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import type { View as ViewType } from '../page/contestant.ts'

const plugins = [remarkGfm]

export const renderMarkdown = (text: string): ReactNode => (
  <Markdown remarkPlugins={plugins}>{text}</Markdown>
)

/** The whole text with one Markdown renderer, which runs again for every change. */
export const View: ViewType = ({ text }) => renderMarkdown(text)

export const normalize = (shown: string) => shown.replace(/\s+/g, '')

/** The rendered text of the whole answer. */
export function expected(text: string): Promise<string> {
  const apart = document.createElement('div')
  const root = createRoot(apart)
  return new Promise((resolve) => {
    const done = (element: HTMLElement | null) => {
      if (element) resolve(normalize(element.textContent))
    }
    root.render(<div ref={done}>{renderMarkdown(text)}</div>)
  })
}
