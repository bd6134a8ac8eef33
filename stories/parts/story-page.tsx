import type { ReactNode } from 'react'
import { ModelNotice } from './model-notice.tsx'
import './parts.css'

interface StoryPageProps {
  title: string
  lead: ReactNode
  className?: string
  children: ReactNode
}

/** The page of a story: what it shows, in a line, and then the thing itself. */
export function StoryPage({ title, lead, className = '', children }: StoryPageProps) {
  return (
    <div className={`page ${className}`}>
      <header className="page-header">
        <h1>{title}</h1>
        <p>{lead}</p>
        <ModelNotice />
      </header>
      {children}
    </div>
  )
}
