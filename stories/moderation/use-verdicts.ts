import { useMemo, useState } from 'react'
import type { ModerationCheckContext, ModerationDecision } from 'use-streaming-completion'

/** One check: the new characters it covered, and its verdict. */
export interface Verdict {
  readonly number: number
  readonly from: number
  readonly to: number
  /** In milliseconds; `undefined` while the check runs. */
  readonly took?: number
  readonly flagged?: boolean
  readonly reason?: string | undefined
}

type Check = (text: string, context: ModerationCheckContext) => Promise<ModerationDecision>

/** Wraps a check and records positions, durations and verdicts, but never the text. */
export function useVerdicts(check: Check) {
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>([])
  const noted = useMemo(
    (): Check => async (text, context) => {
      const startedAt = performance.now()
      setVerdicts((before) => {
        const from = before.at(-1)?.to ?? 0
        return [...before, { number: before.length + 1, from, to: text.length }]
      })
      const decision = await check(text, context)
      const took = performance.now() - startedAt
      const { flagged, reason } = typeof decision === 'object' ? decision : { flagged: decision }
      setVerdicts((before) =>
        before.map((each, index) =>
          index === before.length - 1 ? { ...each, took, flagged, reason } : each,
        ),
      )
      return decision
    },
    [check],
  )
  return { verdicts, noted, forget: () => setVerdicts([]) }
}
