import { useRef, useState } from 'react'
import { StoryPage } from '../parts/story-page.tsx'
import { OutcomeRun } from './outcome-run.tsx'
import './outcomes.css'
import { outcomes } from './outcomes.ts'

export interface OutcomesProps {
  /** The outcome to begin with. */
  initial?: string
}

const groups = [...new Set(outcomes.map(({ group }) => group))]

/** Every way in which a run can end, to be looked at one by one. */
export function Outcomes({ initial = 'stop' }: OutcomesProps) {
  const [id, setId] = useState(initial)
  const shown = useRef<HTMLDivElement>(null)
  const outcome = outcomes.find((each) => each.id === id) ?? outcomes[0]!

  return (
    <StoryPage
      title="Outcomes"
      lead="Every way in which a stream can end, what your user sees, and what you can do"
    >
      <main className="outcome-page">
        <nav className="card outcome-list" aria-label="Outcomes">
          {groups.map((group) => (
            <section key={group} aria-label={group}>
              <h2>{group}</h2>
              <ul>
                {outcomes
                  .filter((each) => each.group === group)
                  .map((each) => (
                    <li key={each.id}>
                      <button
                        type="button"
                        aria-current={each.id === outcome.id}
                        onClick={() => {
                          setId(each.id)
                          // On a phone it is above the list.
                          shown.current?.scrollIntoView({ block: 'nearest' })
                        }}
                      >
                        {each.name}
                      </button>
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </nav>
        <div ref={shown} className="outcome-shown">
          <OutcomeRun key={outcome.id} outcome={outcome} />
        </div>
      </main>
    </StoryPage>
  )
}
