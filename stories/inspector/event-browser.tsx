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
  const selected = events.find((event) => event.number === number)

  return (
    <section className="card event-browser" aria-label="Events">
      <label className="event-list">
        <span className="field-label">
          {total === 0 ? 'Events' : `The last ${events.length} of ${total} events`}
        </span>
        <select
          size={12}
          value={number ?? ''}
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
        {selected ? pretty(selected.data) : 'Select an event to see its data.'}
      </pre>
    </section>
  )
}

function pretty(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 2)
  } catch {
    return data
  }
}
