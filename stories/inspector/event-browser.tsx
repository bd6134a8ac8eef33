import { useState } from 'react'
import type { RecordedEvent } from './recording.ts'

/** A list of the most recent events, with the details of the selected one. */
export function EventBrowser({
  events,
  total,
}: {
  events: readonly RecordedEvent[]
  total: number
}) {
  const [number, setNumber] = useState<number>()
  // The newest event until one is chosen, so that the page shows what an event is.
  const selected = events.find((event) => event.number === number) ?? events.at(-1)

  return (
    <section className="card event-browser" aria-label="Events">
      <label className="event-list">
        <span className="field-label">{titleOf(events.length, total)}</span>
        <select
          size={12}
          value={selected?.number ?? ''}
          onChange={(event) => setNumber(Number(event.target.value))}
        >
          {/* Without a selected option, the browser selects the first. */}
          <option value="" hidden />
          {events.map((event) => (
            <option key={event.number} value={event.number}>
              {`${event.at.toFixed(0).padStart(6)} ms  ${event.name}`}
            </option>
          ))}
        </select>
      </label>
      <pre className="event-data" tabIndex={0} role="region" aria-label="Event data">
        {selected ? pretty(selected.data) : 'The data of an event appears here.'}
      </pre>
    </section>
  )
}

function titleOf(shown: number, total: number): string {
  if (total === 0) return 'Events'
  return shown === total ? `${total} events` : `The last ${shown} of ${total} events`
}

function pretty(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 2)
  } catch {
    return data
  }
}
