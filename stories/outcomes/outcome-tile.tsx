import { useEffect, useMemo } from 'react'
import {
  isRunning,
  useStreamingCompletion,
  useStreamingObject,
  type CompletionState,
} from 'use-streaming-completion'
import { z } from 'zod'
import { useConnection } from '../connection/connection.tsx'
import { CodeOnDemand } from '../parts/code-on-demand.tsx'
import { statusWords } from '../parts/status-line.tsx'
import { OtherHook } from './other-hook.tsx'
import type { Outcome } from './outcomes.ts'
import { useRerun, type Orders } from './use-rerun.ts'

interface OutcomeTileProps {
  outcome: Outcome
  orders: Orders
  onEnd: () => void
}

const schema = z.object({ title: z.string(), minutes: z.number() })

/** One outcome: what the user sees, what another hook shows, and the code. */
export function OutcomeTile({ outcome, orders, onEnd }: OutcomeTileProps) {
  const { play } = useConnection()
  const fetch = useMemo(() => play(outcome.script), [play, outcome])
  const options = { url: '/api', fetch, onFinish: onEnd }
  const plain = useStreamingCompletion<object>({ ...options, ...outcome.options })
  const structured = useStreamingObject({ ...options, schema })
  const completion = outcome.isObject ? structured : plain
  const { start, abort, text, refusal, status, finishReason } = completion
  const isWhole = finishReason === undefined || finishReason === 'stop'
  useRerun(orders, () => void start({}), abort)

  useEffect(() => {
    if (outcome.abortAfter !== undefined && text.length >= outcome.abortAfter) abort()
  }, [outcome, text, abort])

  return (
    <section
      className="card outcome-tile"
      data-outcome={outcome.id}
      data-status={status}
      data-whole={isWhole}
      aria-label={outcome.name}
    >
      <h3>{outcome.name}</h3>
      <p className="status" data-testid="status">
        {statusWords[status]}
      </p>
      <p className="outcome-text" aria-busy={isRunning(completion)} data-testid="text">
        {text || refusal || <span className="quiet">No text</span>}
      </p>
      <p className="outcome-reason" data-testid="reason">
        {reasonOf(completion)}
      </p>
      <OtherHook outcome={outcome} orders={orders} />
      <CodeOnDemand
        className="outcome-code"
        code={outcome.code}
        title={`Code for ${outcome.name}`}
      />
    </section>
  )
}

/** The message for the user, derived from the state. */
function reasonOf({ status, error, finishReason, text, refusal }: CompletionState): string {
  if (error) return `${error.kind} error: ${error.message}`
  if (status === 'aborted') return `You stopped it. ${text.length} characters are kept.`
  if (status !== 'complete') return ' '
  if (refusal !== '') return 'The model declined.'
  if (finishReason === 'length') return 'Stopped at the token limit: the answer is incomplete.'
  if (finishReason === 'content-filter')
    return 'Stopped by a content filter: the answer is incomplete.'
  return 'The answer is complete.'
}
