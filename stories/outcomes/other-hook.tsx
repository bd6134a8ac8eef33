import { useCompletion } from '@ai-sdk/react'
import { useEffect, useMemo, useState } from 'react'
import { useConnection } from '../connection/connection.tsx'
import { otherScript } from './other-script.ts'
import type { Outcome } from './outcomes.ts'
import { useRerun, type Orders } from './use-rerun.ts'

/** What `useCompletion` of the AI SDK reports of the same mishap: run, not quoted. */
export function OtherHook({ outcome, orders }: { outcome: Outcome; orders: Orders }) {
  const { play } = useConnection()
  const script = useMemo(() => otherScript(outcome), [outcome])
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

  return (
    <p className="other-hook" data-testid="other">
      <span>
        <code>useCompletion</code> shows
      </span>{' '}
      {!script
        ? 'no equivalent'
        : !hasRun
          ? '–'
          : isLoading
            ? '… loading'
            : error
              ? `✕ ${shorten(error.message)}`
              : `✓ finished, ${completion.length} characters`}
    </p>
  )
}

const shorten = (message: string) => (message.length > 90 ? `${message.slice(0, 90)}…` : message)
