import { useState } from 'react'
import { CodeCard } from './code-card.tsx'

interface CodeOnDemandProps {
  code: string
  title?: string
  className?: string
}

/** Code that is rendered and highlighted only when it is opened. */
export function CodeOnDemand({ code, title = 'Code', className = '' }: CodeOnDemandProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className={className} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="chip">Code</summary>
      {isOpen && <CodeCard code={code} title={title} />}
    </details>
  )
}
