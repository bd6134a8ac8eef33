import { useCompletionState } from 'use-streaming-completion'
import type { Completion } from 'use-streaming-completion/core'
import { duration } from '../parts/facts.ts'
import type { Recorded } from './recording.ts'

/** The figures behind the plots, as text. */
export function InspectorFacts({
  completion,
  totals,
}: {
  completion: Completion<object>
  totals: Recorded['totals']
}) {
  const timing = useCompletionState(completion, ({ status, timing: known }) =>
    // While it streams, they change every frame, and their renders would be counted too.
    status === 'streaming' ? undefined : known,
  )
  // Constant once it is known.
  const firstToken = useCompletionState(completion, ({ timing: known }) =>
    known?.firstTokenAt === undefined ? undefined : known.firstTokenAt - known.startedAt,
  )
  const { startedAt, settledAt, longestGap } = timing ?? {}
  const total =
    startedAt === undefined || settledAt === undefined ? undefined : settledAt - startedAt
  const facts = [
    ['First token', duration(firstToken) ?? '–'],
    ['Longest gap', duration(longestGap) ?? '–'],
    ['Total', duration(total) ?? '–'],
    ['Events', String(totals.events)],
    ['Bytes', `${(totals.bytes / 1000).toFixed(1)} kB`],
    ['Commits', String(totals.commits)],
  ]
  return (
    <dl className="card facts inspector-facts" data-testid="facts">
      {facts.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
