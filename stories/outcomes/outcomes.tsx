import code from '../../examples/jobs/outcomes.tsx?raw'
import { StoryPage } from '../parts/story-page.tsx'
import { OutcomeTile } from './outcome-tile.tsx'
import './outcomes.css'
import { outcomes } from './outcomes.ts'
import { RunAll } from './run-all.tsx'
import { useRunAll } from './use-run-all.ts'

const groups = [...new Set(outcomes.map(({ group }) => group))]

/** Every way a run can end, all at once. */
export function Outcomes() {
  const all = useRunAll()

  return (
    <StoryPage
      title="Outcomes"
      code={code}
      lead="Every way a stream can end: what your user sees, compared with useCompletion of the AI SDK"
    >
      <RunAll {...all} />
      <div className="outcome-groups">
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h2>{group}</h2>
            <div className="outcome-tiles">
              {outcomes
                .filter((each) => each.group === group)
                .map((outcome) => (
                  <OutcomeTile
                    key={outcome.id}
                    outcome={outcome}
                    orders={all.orders}
                    onEnd={all.onEnd}
                  />
                ))}
            </div>
          </section>
        ))}
      </div>
    </StoryPage>
  )
}
