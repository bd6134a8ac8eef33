import { lazy, Suspense } from 'react'
import { CopyButton } from './copy-button.tsx'
import './code-card.css'
import './markdown.css'

// The code can be read before its colours are there.
const HighlightedCode = lazy(() => import('./highlighted-code.tsx'))

interface CodeCardProps {
  code: string
  title?: string
  language?: string
}

/** Code with a copy button. */
export function CodeCard({ code, title = 'Code', language = 'tsx' }: CodeCardProps) {
  const text = code.trim()
  return (
    <div className="card code-card" role="group" aria-label={title}>
      <div className="code-head">
        <p>{title}</p>
        <CopyButton text={text} />
      </div>
      <div className="code-text markdown" tabIndex={0} role="group" aria-label={`${title}: text`}>
        <pre>
          <Suspense fallback={<code>{text}</code>}>
            <HighlightedCode code={text} language={language} />
          </Suspense>
        </pre>
      </div>
    </div>
  )
}
