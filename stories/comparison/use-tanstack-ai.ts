import { fetchServerSentEvents, useChat } from '@tanstack/ai-react'
import { useEffect, useMemo, useState } from 'react'
import { useConnection } from '../connection/connection.tsx'
import type { Fetch } from '../connection/fetch.ts'
import { otherScript } from '../outcomes/other-script.ts'
import type { Outcome } from '../outcomes/outcomes.ts'
import { tanStackWire } from '../outcomes/peer-wire.ts'
import { shorten } from '../outcomes/shorten.ts'
import { useRerun, type Orders } from '../outcomes/use-rerun.ts'

/** Runs `useChat` of TanStack AI for an outcome, and returns what it reports. */
export function useTanStackAi(outcome: Outcome, orders: Orders): string {
  const { play } = useConnection()
  const script = useMemo(() => otherScript(outcome, tanStackWire), [outcome])
  const [{ connection, use }] = useState(createConnection)
  useEffect(() => {
    if (script) use(play(script))
  }, [use, play, script])
  const [hasRun, setHasRun] = useState(false)
  const { messages, sendMessage, stop, clear, isLoading, error } = useChat({ connection })
  const last = messages.at(-1)
  const length =
    last?.role === 'assistant'
      ? last.parts.reduce((sum, part) => sum + (part.type === 'text' ? part.content.length : 0), 0)
      : 0

  useRerun(
    orders,
    () => {
      if (!script) return
      setHasRun(true)
      stop()
      clear()
      void sendMessage('Write.')
    },
    stop,
  )
  useEffect(() => {
    if (outcome.abortAfter !== undefined && length >= outcome.abortAfter) stop()
  }, [outcome, length, stop])

  if (!script) return 'no equivalent'
  if (!hasRun) return '–'
  if (isLoading) return '… loading'
  return error ? `✕ ${shorten(error.message)}` : `✓ finished, ${length} characters`
}

/** A connection whose `fetch` can change: the hook keeps its first connection. */
function createConnection() {
  let current: Fetch | undefined
  return {
    use: (fetch: Fetch) => {
      current = fetch
    },
    connection: fetchServerSentEvents('/api/chat', {
      fetchClient: (url, init) =>
        current?.(url instanceof Request ? url.url : url, init ?? {}) ??
        Promise.reject(new Error()),
    }),
  }
}
