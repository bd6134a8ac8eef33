import { createContext, use, useMemo, type ReactNode } from 'react'
import type { FetchScript } from 'use-streaming-completion/testing'
import { whoAnswers, type Answering } from './answering.ts'
import { connectionArgs, type ConnectionArgs } from './connection-args.ts'
import { withConnectionQuery } from './connection-query.ts'
import type { Fetch } from './fetch.ts'
import { isInTests } from '../parts/in-tests.ts'
import { playScript } from './play-script.ts'
import { simulatedFetch } from './simulated-fetch.ts'

export interface Connection {
  /** For the `fetch` option of a completion. Keeps its identity until a control changes. */
  readonly fetch: Fetch
  /**
   * A `fetch` that plays a script, for stories that no proxy could serve on request, at the speed
   * and in the chunks that the controls ask for. Create it once per connection.
   */
  readonly play: (script: FetchScript) => Fetch
  readonly answering: Answering
  /** Whether a streaming page starts automatically when it comes into view. */
  readonly autoStart: boolean
}

const ConnectionContext = createContext<Connection | null>(null)

/** Provides the connection that the controls of a story ask for. */
export function ConnectionProvider({
  speed = connectionArgs.speed,
  chunking = connectionArgs.chunking,
  fault = connectionArgs.fault,
  // Tests press the buttons.
  autoStart = !isInTests,
  children,
}: Partial<ConnectionArgs> & { autoStart?: boolean; children: ReactNode }) {
  const connection = useMemo((): Connection => {
    const args = { speed, chunking, fault }
    const play = (script: FetchScript) => playScript(script, args)
    const answering = whoAnswers()
    const shared = { play, answering, autoStart }
    if (answering === 'page') return { ...shared, fetch: simulatedFetch(args) }
    return {
      ...shared,
      fetch: (url, init) => fetch(withConnectionQuery(url, args, location.href), init),
    }
  }, [speed, chunking, fault, autoStart])
  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

/** The connection of the surrounding story. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext)
  if (!connection) throw new Error('A story needs a ConnectionProvider around it.')
  return connection
}
