import { useEffect, useMemo } from 'react'
import {
  isRunning,
  useStreamingCompletion,
  useStreamingObject,
  type CompletionState,
} from 'use-streaming-completion'
import { z } from 'zod'
import { useConnection } from '../connection/connection.tsx'
import { isFailure, type Outcome } from '../outcomes/outcomes.ts'
import { shorten } from '../outcomes/shorten.ts'
import { useAiSdk } from '../outcomes/use-ai-sdk.ts'
import { useRerun, type Orders } from '../outcomes/use-rerun.ts'
import { readers } from './readers.ts'
import { useOpenAiClient } from './use-openai-client.ts'
import { useTanStackAi } from './use-tanstack-ai.ts'

interface ComparisonRowProps {
  outcome: Outcome
  orders: Orders
  /** Called with the indices of the readers that report a failed answer as finished. */
  onReport: (id: string, wrong: string) => void
  onEnd: () => void
}

const schema = z.object({ title: z.string(), minutes: z.number() })

/** One outcome, read by all. */
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
    useTanStackAi(outcome, orders),
    useOpenAiClient(outcome, orders),
  ]
  const wrong = isFailure(outcome)
    ? reports.flatMap((report, index) => (report.startsWith('✓') ? [index] : [])).join(' ')
    : ''
  useEffect(() => onReport(outcome.id, wrong), [outcome, onReport, wrong])

  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <BreakAfterDot name={outcome.name} />
      </th>
      {reports.map((report, index) => (
        <td
          key={index}
          role="cell"
          data-reader={readers[index]?.short}
          data-wrong={wrong.includes(String(index))}
        >
          {report}
        </td>
      ))}
    </tr>
  )
}

/** Lets a long option name wrap where its object ends. */
function BreakAfterDot({ name }: { name: string }) {
  const [object = '', option] = name.split('.')
  return option === undefined ? (
    object
  ) : (
    <>
      {object}.<wbr />
      {option}
    </>
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
