import { useCallback, useState } from 'react'
import code from '../../examples/jobs/outcomes.tsx?raw'
import { outcomes } from '../outcomes/outcomes.ts'
import type { Orders } from '../outcomes/use-rerun.ts'
import { ScrollingTable } from '../parts/scrolling-table.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { ComparisonRow } from './comparison-row.tsx'
import './comparison.css'

/** The same streams, read by this hook and by two others, each as it is published. */
export function Comparison() {
  const [orders, setOrders] = useState<Orders>({ starts: 0, stops: 0 })
  const [running, setRunning] = useState(0)
  const [wrong, setWrong] = useState<Readonly<Record<string, readonly boolean[]>>>({})
  const onReport = useCallback(
    (id: string, isWrong: readonly boolean[]) => setWrong((all) => ({ ...all, [id]: isWrong })),
    [],
  )
  const onEnd = useCallback(() => setRunning((count) => count - 1), [])
  const failures = outcomes.filter(({ status }) => status === 'error').length
  const countOf = (reader: number) => Object.values(wrong).filter((each) => each[reader]).length

  return (
    <StoryPage
      title="Comparison"
      code={code}
      lead="The same streams, read by three libraries in this page. Marked: a failed answer that is reported as finished"
    >
      <div className="comparison-head">
        <StartAndStop
          start="Run all"
          running={running > 0}
          onStart={() => {
            setRunning(outcomes.length)
            setOrders(({ starts, stops }) => ({ starts: starts + 1, stops }))
          }}
          onStop={() => setOrders(({ starts, stops }) => ({ starts, stops: stops + 1 }))}
        />
        <p role="status" className="quiet">
          {running > 0
            ? `${running} of ${outcomes.length} running`
            : orders.starts > 0
              ? `All ${outcomes.length} have ended`
              : 'Ready'}
        </p>
      </div>
      <div className="card comparison">
        <ScrollingTable>
          <caption>
            Failed answers that are reported as finished, of {failures}: {countOf(0)} by this
            package, {countOf(1)} by useCompletion, {countOf(2)} by the openai client
          </caption>
          <thead>
            <tr>
              <th scope="col">Stream</th>
              <th scope="col">use-streaming-completion</th>
              <th scope="col">useCompletion of the AI SDK</th>
              <th scope="col">Loop over a stream of the openai client</th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map((outcome) => (
              <ComparisonRow
                key={outcome.id}
                outcome={outcome}
                orders={orders}
                onReport={onReport}
                onEnd={onEnd}
              />
            ))}
          </tbody>
        </ScrollingTable>
      </div>
      <p className="quiet">
        useCompletion reads the AI SDK’s own protocol, with the same failure at the same place. The
        other two read OpenAI’s events. Timeouts, limits, schemas and moderation are options of this
        package; without them the others wait, or finish.
      </p>
    </StoryPage>
  )
}
