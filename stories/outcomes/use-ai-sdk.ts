import { useCompletion } from '@ai-sdk/react'
import { useEffect, useMemo, useState } from 'react'
import { useConnection } from '../connection/connection.tsx'
import { otherScript } from './other-script.ts'
import type { Outcome } from './outcomes.ts'
import { aiSdkWire } from './peer-wire.ts'
import { shorten } from './shorten.ts'
import { useRerun, type Orders } from './use-rerun.ts'

/** Runs `useCompletion` of the AI SDK for an outcome, and returns what it reports. */
export function useAiSdk(outcome: Outcome, orders: Orders): string {
  const { play } = useConnection()
  const script = useMemo(() => otherScript(outcome, aiSdkWire), [outcome])
  const fetch = useMemo(() => script && play(script), [play, script])
  const [hasRun, setHasRun] = useState(false)
  const { completion, complete, stop, isLoading, error } = useCompletion({
    id: outcome.id,
    api: '/api/completion',
    fetch: (url, init) =>
      fetch?.(url instanceof Request ? url.url : url, init ?? {}) ?? Promise.reject(new Error()),
  })
  useRerun(
    orders,
    () => {
      if (!script) return
      setHasRun(true)
      void complete('')
    },
    stop,
  )
  useEffect(() => {
    if (outcome.abortAfter !== undefined && completion.length >= outcome.abortAfter) stop()
  }, [outcome, completion, stop])

  if (!script) return 'no equivalent'
  if (!hasRun) return '–'
  if (isLoading) return '… loading'
  return error ? `✕ ${shorten(error.message)}` : `✓ finished, ${completion.length} characters`
}
