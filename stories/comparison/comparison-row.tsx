import { useEffect, useMemo } from 'react'
import {
  isRunning,
  useStreamingCompletion,
  useStreamingObject,
  type CompletionState,
} from 'use-streaming-completion'
import { z } from 'zod'
import { useConnection } from '../connection/connection.tsx'
import type { Outcome } from '../outcomes/outcomes.ts'
import { shorten } from '../outcomes/shorten.ts'
import { useAiSdk } from '../outcomes/use-ai-sdk.ts'
import { useRerun, type Orders } from '../outcomes/use-rerun.ts'
import { useOpenAiClient } from './use-openai-client.ts'

interface ComparisonRowProps {
  outcome: Outcome
  orders: Orders
  /** Called with, for each of the three, whether it reports an unfinished answer as finished. */
  onReport: (id: string, isWrong: readonly boolean[]) => void
  onEnd: () => void
}

/** The short names of the columns, for a screen too narrow for a table. */
const readers = ['this package', 'useCompletion', 'openai client']

const schema = z.object({ title: z.string(), minutes: z.number() })

/** One outcome, read by all three. */
export function ComparisonRow({ outcome, orders, onReport, onEnd }: ComparisonRowProps) {
  const { play } = useConnection()
  const fetch = useMemo(() => play(outcome.script), [play, outcome])
  const options = { url: '/api', fetch, onFinish: onEnd }
  const plain = useStreamingCompletion<object>({ ...options, ...outcome.options })
  const structured = useStreamingObject<unknown, object>({ ...options, schema })
  const completion = outcome.isObject ? structured : plain
  const { start, abort, text } = completion
  useRerun(orders, () => void start({}), abort)
  useEffect(() => {
    if (outcome.abortAfter !== undefined && text.length >= outcome.abortAfter) abort()
  }, [outcome, text, abort])

  const reports = [
    reportOf(completion),
    useAiSdk(outcome, orders),
    useOpenAiClient(outcome, orders),
  ]
  // After an abort by the user, ending without an error is correct.
  const isCut = outcome.status === 'error'
  const wrong = reports.map((report) => isCut && report.startsWith('✓'))
  const [first = false, second = false, third = false] = wrong
  useEffect(
    () => onReport(outcome.id, [first, second, third]),
    [outcome, onReport, first, second, third],
  )

  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {outcome.name}
      </th>
      {reports.map((report, index) => (
        <td key={index} role="cell" data-reader={readers[index]} data-wrong={wrong[index]}>
          {report}
        </td>
      ))}
    </tr>
  )
}

/** The outcome, as the state reports it. */
function reportOf(completion: CompletionState): string {
  const { status, error, finishReason, refusal, text } = completion
  const kept = `${text.length} characters`
  if (status === 'idle') return '–'
  if (isRunning(completion)) return '… loading'
  if (error) return `✕ ${error.kind}, ${kept} kept: ${shorten(error.message)}`
  if (status === 'aborted') return `■ aborted, ${kept} kept`
  if (refusal !== '') return '✓ refused, with the reason'
  return finishReason === 'stop' ? `✓ finished, ${kept}` : `! ${finishReason ?? 'ended'}, ${kept}`
}
