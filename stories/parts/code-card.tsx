import Markdown from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import { CopyButton } from './copy-button.tsx'
import './code-card.css'

interface CodeCardProps {
  code: string
  title?: string
  language?: 'tsx' | 'ts' | 'sh'
}

const rehypePlugins = [rehypeHighlight]

/** Code to read and to copy. */
export function CodeCard({ code, title = 'Code', language = 'tsx' }: CodeCardProps) {
  const text = code.trim()
  return (
    <section className="card code-card" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <CopyButton text={text} />
      </header>
      <div className="code-text markdown" tabIndex={0} role="region" aria-label={`${title}: text`}>
        <Markdown rehypePlugins={rehypePlugins}>{`\`\`\`${language}\n${text}\n\`\`\``}</Markdown>
      </div>
    </section>
  )
}
