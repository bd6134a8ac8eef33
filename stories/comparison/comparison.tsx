import { useCallback, useState } from 'react'
import code from '../../examples/jobs/outcomes.tsx?raw'
import { outcomes } from '../outcomes/outcomes.ts'
import { RunAll } from '../outcomes/run-all.tsx'
import { useRunAll } from '../outcomes/use-run-all.ts'
import { ScrollingTable } from '../parts/scrolling-table.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { ComparisonRow } from './comparison-row.tsx'
import './comparison.css'

const columns = [
  'Stream',
  'use-streaming-completion',
  'useCompletion of the AI SDK',
  'Loop over a stream of the openai client',
]

/** The same streams, read by this hook and two published alternatives. */
export function Comparison() {
  const all = useRunAll()
  const [wrong, setWrong] = useState<Readonly<Record<string, readonly boolean[]>>>({})
  const onReport = useCallback(
    (id: string, isWrong: readonly boolean[]) => setWrong((all) => ({ ...all, [id]: isWrong })),
    [],
  )
  const failures = outcomes.filter(({ status }) => status === 'error').length
  const countOf = (reader: number) => Object.values(wrong).filter((each) => each[reader]).length

  return (
    <StoryPage
      title="Comparison"
      code={code}
      lead="The same streams, read by three libraries in this page. Marked: a failed answer that is reported as finished"
    >
      <RunAll {...all} />
      <div className="card comparison">
        <p id="comparison-title" className="comparison-title">
          Failed answers that are reported as finished, of {failures}: {countOf(0)} by this package,{' '}
          {countOf(1)} by useCompletion, {countOf(2)} by the openai client
        </p>
        {/* The roles remain when a narrow screen lays the rows out as blocks. */}
        <ScrollingTable role="table" aria-labelledby="comparison-title">
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((name) => (
                <th key={name} role="columnheader" scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {outcomes.map((outcome) => (
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
        useCompletion reads the AI SDK’s own protocol, with the same failure at the same place. The
        other two read OpenAI’s events. Timeouts, limits, schemas and moderation are options of this
        package; without them the others wait, or finish.
      </p>
    </StoryPage>
  )
}
