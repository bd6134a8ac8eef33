import { createContext, use, useMemo, type ReactNode } from 'react'
import { connectionArgs, type ConnectionArgs } from './connection-args.ts'
import { withConnectionQuery } from './connection-query.ts'
import { hasProxy } from './has-proxy.ts'
import { simulatedFetch } from './simulated-fetch.ts'

export interface Connection {
  /** For the `fetch` option of a completion. Keeps its identity while the controls are left alone. */
  readonly fetch: (url: string | URL, init: RequestInit) => Promise<Response>
  /** Whether the answers are made in the page itself, because no proxy serves it. */
  readonly isSimulated: boolean
}

const ConnectionContext = createContext<Connection | null>(null)

/** Puts the connection that the controls of a story ask for around the story. */
export function ConnectionProvider({
  speed = connectionArgs.speed,
  chunking = connectionArgs.chunking,
  fault = connectionArgs.fault,
  children,
}: Partial<ConnectionArgs> & { children: ReactNode }) {
  const connection = useMemo((): Connection => {
    const args = { speed, chunking, fault }
    if (!hasProxy()) return { fetch: simulatedFetch(args), isSimulated: true }
    return {
      fetch: (url, init) => fetch(withConnectionQuery(url, args, location.href), init),
      isSimulated: false,
    }
  }, [speed, chunking, fault])
  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

/** The connection of the story that this component is part of. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext)
  if (!connection) throw new Error('A story needs a ConnectionProvider around it.')
  return connection
}
