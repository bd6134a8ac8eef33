import { isRunning, type CompletionState, type TimeoutName } from 'use-streaming-completion'
import { axisLength, TimeAxis, type Mark } from '../timeline/time-axis.tsx'
import { useNow } from '../timeline/use-now.ts'

interface TimeoutTimelineProps {
  completion: CompletionState
  /** The arrival times of chunks, comments included, on the clock of `performance.now()`. */
  arrivals: readonly number[]
  name: TimeoutName
  /** In milliseconds. */
  limit: number
}

/** The arrivals, and below them the remaining time. */
export function TimeoutTimeline({ completion, arrivals, name, limit }: TimeoutTimelineProps) {
  const { timing } = completion
  const firstTokenAt = timing?.firstTokenAt
  const running = isRunning(completion)
  const now = useNow(running)
  const start = timing?.startedAt ?? 0
  const since = (at: number) => Math.max(0, at - start)
  const end = timing?.settledAt ?? (running ? Math.max(now, start) : start)
  const seen = arrivals.filter((at) => at >= start && at <= end)
  // Every chunk restarts the `idle` limit.
  const armed = since(name === 'idle' ? (seen.at(-1) ?? start) : start)
  const isOff =
    completion.status === 'complete' ||
    completion.status === 'aborted' ||
    (name === 'response' && timing?.responseAt !== undefined) ||
    (name === 'firstToken' && firstTokenAt !== undefined)
  const left = Math.max(0, armed + limit - since(end))
  const marks: Mark[] = []
  if (firstTokenAt !== undefined) {
    marks.push({ at: since(firstTokenAt), look: 'accent', label: 'first token' })
  }
  if (timing?.settledAt !== undefined) {
    const look = completion.status === 'error' ? 'danger' : 'quiet'
    marks.push({ at: since(end), look, label: completion.status, minor: true })
  }
  return (
    <TimeAxis
      // Ends after the limit, so that the axis keeps its length when the run times out a little late.
      length={axisLength(Math.max(since(end), armed + limit * 1.1), limit * 1.2)}
      ticks={seen.map(since)}
      marks={marks}
      rows={[
        [
          ...(timing ? [{ from: 0, to: since(firstTokenAt ?? end), look: 'wait' } as const] : []),
          ...(firstTokenAt === undefined
            ? []
            : [{ from: since(firstTokenAt), to: since(end), look: 'text' } as const]),
        ],
        timing && !isOff
          ? [
              {
                from: armed,
                to: armed + limit,
                look: 'limit',
                label: running
                  ? `${name}: ${(left / 1000).toFixed(1)} s left`
                  : `${name}: ${limit} ms`,
              },
            ]
          : [],
      ]}
    />
  )
}
