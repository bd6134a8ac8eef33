import type { ReactNode } from 'react'
import { useConnection } from '../connection/connection.tsx'
import './parts.css'

interface StoryPageProps {
  title: string
  lead: ReactNode
  className?: string
  children: ReactNode
}

/** The page of a story: what it shows, in a line, and then the thing itself. */
export function StoryPage({ title, lead, className = '', children }: StoryPageProps) {
  const { isSimulated } = useConnection()
  return (
    <div className={`page ${className}`}>
      <header className="page-header">
        <h1>{title}</h1>
        <p>{lead}</p>
        {isSimulated && (
          <p className="simulated">
            <strong>Simulated.</strong> This page answers itself and sends nothing anywhere. For
            real HTTP: <code>npm install && npm run demo</code>
          </p>
        )}
      </header>
      {children}
    </div>
  )
}
