import { isRunning, type CompletionState } from 'use-streaming-completion'
import { axisLength, TimeAxis, type Mark } from './time-axis.tsx'
import { useNow } from './use-now.ts'

interface RunTimelineProps {
  completion: CompletionState
  /** When each event arrived, in milliseconds since the start. */
  arrivals: readonly number[]
}

/** A live run: the wait for the first token, the text, every event, and the end. */
export function RunTimeline({ completion, arrivals }: RunTimelineProps) {
  const { timing, status } = completion
  const running = isRunning(completion)
  const now = useNow(running)
  const since = (at: number | undefined) => at && timing && Math.max(0, at - timing.startedAt)
  const firstToken = since(timing?.firstTokenAt)
  const end = since(timing?.settledAt) ?? (running ? (since(now) ?? 0) : 0)
  const marks: Mark[] = []
  if (firstToken !== undefined) {
    marks.push({ at: firstToken, look: 'accent', label: `first token ${firstToken.toFixed(0)} ms` })
  }
  if (timing?.settledAt !== undefined) {
    const look = status === 'error' ? 'danger' : 'quiet'
    marks.push({ at: end, look, label: status, minor: true })
  }
  return (
    <TimeAxis
      length={axisLength(end)}
      rows={[
        end === 0
          ? []
          : [
              { from: 0, to: firstToken ?? end, look: 'wait' },
              ...(firstToken === undefined
                ? []
                : [{ from: firstToken, to: end, look: 'text' } as const]),
            ],
      ]}
      ticks={arrivals}
      marks={marks}
    />
  )
}
