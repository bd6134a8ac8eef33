import { useEffect, useMemo } from 'react'
import {
  useStreamingCompletion,
  useStreamingObject,
  type CompletionState,
} from 'use-streaming-completion'
import { z } from 'zod'
import { useConnection } from '../connection/connection.tsx'
import type { Outcome } from './outcomes.ts'

const schema = z.object({ title: z.string(), minutes: z.number() })

/** Runs into one outcome as soon as it is shown. */
export function useOutcome(outcome: Outcome) {
  const { play } = useConnection()
  const fetch = useMemo(() => play(outcome.script), [play, outcome])
  const plain = useStreamingCompletion<object>({ url: '/api', fetch, ...outcome.options })
  const structured = useStreamingObject({ url: '/api', fetch, schema })
  const completion = outcome.isObject ? structured : plain
  const { start, abort, text } = completion

  useEffect(() => {
    void start({})
  }, [start])

  useEffect(() => {
    if (outcome.abortAfter !== undefined && text.length >= outcome.abortAfter) abort()
  }, [outcome, text, abort])

  return completion as CompletionState & { start: (input: object) => Promise<unknown> }
}
