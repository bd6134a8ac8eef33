import { useCallback, useState } from 'react'
import code from '../../examples/jobs/outcomes.tsx?raw'
import { isFailure, outcomes, type Outcome } from '../outcomes/outcomes.ts'
import { RunAll } from '../outcomes/run-all.tsx'
import { useRunAll } from '../outcomes/use-run-all.ts'
import { ScrollingTable } from '../parts/scrolling-table.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { ComparisonRow } from './comparison-row.tsx'
import { readers } from './readers.ts'
import './comparison.css'

/** The outcomes that readers report differently come first. */
const order: readonly Outcome['group'][] = [
  'Stream',
  'Complete',
  'Aborted',
  'Network',
  'HTTP',
  'Timeout',
  'Content',
]
const rows = outcomes.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
const failures = outcomes.filter(isFailure).length

/** The same streams, read by this hook and three published alternatives. */
export function Comparison() {
  const all = useRunAll()
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const onReport = useCallback(
    (id: string, indices: string) => setWrong((before) => ({ ...before, [id]: indices })),
    [],
  )
  const countOf = (reader: number) =>
    Object.values(wrong).filter((each) => each.includes(String(reader))).length

  return (
    <StoryPage
      title="Comparison"
      code={code}
      lead="The same streams, read by four libraries. Marked: a failed stream reported as finished"
    >
      <RunAll {...all} />
      <div className="card comparison">
        <p id="comparison-title" className="comparison-title">
          Failed streams reported as finished, of {failures}:{' '}
          {readers.map(({ short }, index) => `${countOf(index)} by ${short}`).join(', ')}
        </p>
        {/* The roles remain when a narrow screen lays the rows out as blocks. */}
        <ScrollingTable role="table" aria-labelledby="comparison-title">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                Stream
              </th>
              {readers.map(({ name }) => (
                <th key={name} role="columnheader" scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((outcome) => (
              <ComparisonRow
                key={outcome.id}
                outcome={outcome}
                orders={all.orders}
                onReport={onReport}
                onEnd={all.onEnd}
              />
            ))}
          </tbody>
        </ScrollingTable>
      </div>
      <p className="quiet">
        useCompletion and useChat read their own protocols, with the same failure at the same place.
        The other two read OpenAI’s events. Timeouts, limits, schemas and moderation are options of
        this package. The others have no such options, so they wait or finish, and are not marked.
      </p>
    </StoryPage>
  )
}
