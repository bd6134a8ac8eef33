import type { ReactNode } from 'react'
import { CodeOnDemand } from './code-on-demand.tsx'
import { ModelNotice } from './model-notice.tsx'
import './parts.css'

interface StoryPageProps {
  title: string
  lead: ReactNode
  /** The component that an app writes for this; `undefined` where the page itself shows code. */
  code: string | undefined
  className?: string
  children: ReactNode
}

/** The page of a story: its title, a line about it, its code, and the demo. */
export function StoryPage({ title, lead, code, className = '', children }: StoryPageProps) {
  return (
    <div className={`page ${className}`}>
      <header className="page-header">
        <h1>{title}</h1>
        <p>{lead}</p>
        <ModelNotice />
        {code !== undefined && <CodeOnDemand className="story-code" code={code} />}
      </header>
      {children}
    </div>
  )
}
