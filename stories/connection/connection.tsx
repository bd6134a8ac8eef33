import { createContext, use, useMemo, type ReactNode } from 'react'
import { connectionArgs, type ConnectionArgs } from './connection-args.ts'

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
  const connection = useMemo(
    () => ({
      fetch: (url: string | URL, init: RequestInit) => fetch(url, init),
      isSimulated: false,
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [speed, chunking, fault],
  )
  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

/** The connection of the story that this component is part of. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext)
  if (!connection) throw new Error('A story needs a ConnectionProvider around it.')
  return connection
}
