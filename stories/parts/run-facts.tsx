import type { CompletionState } from 'use-streaming-completion'
import { factsOf } from './facts.ts'

/** Usage and timing. Every fact has a fixed place, so nothing moves when it appears. */
export function RunFacts({ completion }: { completion: CompletionState }) {
  return (
    <dl className="facts">
      {factsOf(completion).map(({ name, value, note }) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>
            {value ?? '–'}
            {note !== undefined && <span className="fact-note"> {note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
