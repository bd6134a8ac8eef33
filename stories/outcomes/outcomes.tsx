import { useCallback, useState } from 'react'
import code from '../../examples/jobs/outcomes.tsx?raw'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { OutcomeTile } from './outcome-tile.tsx'
import './outcomes.css'
import { outcomes } from './outcomes.ts'

const groups = [...new Set(outcomes.map(({ group }) => group))]

/** Every way in which a run can end, all at once. */
export function Outcomes() {
  const [orders, setOrders] = useState({ starts: 0, stops: 0 })
  const [running, setRunning] = useState(0)
  const onEnd = useCallback(() => setRunning((before) => before - 1), [])

  return (
    <StoryPage
      title="Outcomes"
      code={code}
      lead="Every way a stream can end: what your user sees, compared with useCompletion of the AI SDK"
    >
      <div className="outcomes-head">
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
      <div className="outcome-groups">
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h2>{group}</h2>
            <div className="outcome-tiles">
              {outcomes
                .filter((each) => each.group === group)
                .map((outcome) => (
                  <OutcomeTile key={outcome.id} outcome={outcome} orders={orders} onEnd={onEnd} />
                ))}
            </div>
          </section>
        ))}
      </div>
    </StoryPage>
  )
}
