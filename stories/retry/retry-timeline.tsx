import { isRunning, type CompletionState } from 'use-streaming-completion'
import { axisLength, TimeAxis, type Mark } from '../timeline/time-axis.tsx'
import { useNow } from '../timeline/use-now.ts'
import type { Attempt } from './use-attempts.ts'

interface RetryTimelineProps {
  completion: CompletionState
  attempts: readonly Attempt[]
}

/** Each request, the waits between them with a countdown, and the answer, on one axis. */
export function RetryTimeline({ completion, attempts }: RetryTimelineProps) {
  const { timing, nextAttemptAt } = completion
  const running = isRunning(completion)
  const now = useNow(running)
  const start = timing?.startedAt ?? 0
  const end = timing?.settledAt ?? (running ? Math.max(now, start) : start)
  const spans = attempts.flatMap(({ sentAt, answeredAt = end, status = 200 }, index) => {
    const next = attempts[index + 1]?.sentAt ?? nextAttemptAt
    const isRefused = status >= 400
    const request = {
      from: sentAt - start,
      to: (isRefused ? Math.max(answeredAt, sentAt + 1) : end) - start,
      look: isRefused ? 'failed' : 'text',
      ...(isRefused ? {} : { label: `attempt ${index + 1}`, short: `${index + 1}` }),
    } as const
    if (!isRefused || next === undefined) return [request]
    const left = Math.max(0, next - now)
    const label =
      running && index === attempts.length - 1
        ? `next in ${(left / 1000).toFixed(1)} s`
        : `waited ${((next - answeredAt) / 1000).toFixed(1)} s`
    return [
      request,
      {
        from: answeredAt - start,
        to: next - start,
        look: 'wait',
        label,
        short: `${((next - answeredAt) / 1000).toFixed(1)} s`,
      } as const,
    ]
  })
  const last = Math.max(end - start, (nextAttemptAt ?? start) - start)
  const refused = attempts.flatMap(({ answeredAt, status = 200 }): Mark[] =>
    answeredAt === undefined || status < 400
      ? []
      : [{ at: answeredAt - start, look: 'danger', label: String(status) }],
  )
  return <TimeAxis length={axisLength(last)} rows={[spans]} marks={refused} />
}
