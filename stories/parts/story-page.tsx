import type { ReactNode } from 'react'
import { CodeOnDemand } from './code-on-demand.tsx'
import { ModelNotice } from './model-notice.tsx'
import './parts.css'

interface StoryPageProps {
  title: string
  lead: ReactNode
  /** The component that an app would write; `undefined` if the page itself shows code. */
  code: string | undefined
  className?: string
  children: ReactNode
}

/** The page of a story: title, description, code and demo. */
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
