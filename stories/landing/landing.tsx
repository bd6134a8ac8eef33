import { StrictMode } from 'react'
import { ConnectionProvider } from '../connection/connection.tsx'
import { Introduction } from '../introduction/introduction.tsx'

/** The Introduction as a page of its own. */
export function Landing() {
  return (
    <StrictMode>
      <ConnectionProvider>
        <Introduction />
      </ConnectionProvider>
    </StrictMode>
  )
}
