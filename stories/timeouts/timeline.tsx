import type { CompletionTiming } from 'use-streaming-completion'

interface TimelineProps {
  timing: CompletionTiming | undefined
  /** When pieces of the body arrived, on the clock of `performance.now()`. */
  arrivals: readonly number[]
}

/** What happened when, from the start of the run to its end. */
export function Timeline({ timing, arrivals }: TimelineProps) {
  const start = timing?.startedAt ?? 0
  const end = timing?.settledAt ?? timing?.lastByteAt ?? start
  const length = Math.max(1, end - start)
  const place = (at: number) => ({ insetInlineStart: `${(100 * (at - start)) / length}%` })
  const marks = [
    { name: 'Response', at: timing?.responseAt },
    { name: 'First token', at: timing?.firstTokenAt },
    { name: 'Last byte', at: timing?.lastByteAt },
    { name: 'Settled', at: timing?.settledAt },
  ]

  return (
    <div className="timeline">
      <div className="timeline-bar" aria-hidden="true">
        {arrivals
          .filter((at) => at <= end)
          .map((at, index) => (
            <span key={index} className="timeline-arrival" style={place(at)} />
          ))}
        {timing?.settledAt !== undefined && (
          <span className="timeline-end" style={place(timing.settledAt)} />
        )}
      </div>
      <dl className="timeline-facts">
        {marks.map(({ name, at }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{at === undefined ? '–' : `${(at - start).toFixed(0)} ms`}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
