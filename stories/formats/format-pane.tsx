import { useEffect, useMemo, useState } from 'react'
import { useStreamingCompletion, type WireEvent } from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import type { Wire } from './wires.ts'

interface FormatPaneProps {
  wire: Wire
  answer: string
  /** Counts the starts; 0 before the first. */
  run: number
}

/** How many of the last events are shown. */
const shownEvents = 3

/** The last events of a run. */
interface Seen {
  readonly run: number
  readonly events: readonly WireEvent[]
}

function withEvent(before: Seen, run: number, event: WireEvent): Seen {
  const kept = before.run === run ? before.events.slice(1 - shownEvents) : []
  return { run, events: [...kept, event] }
}

/** One answer in one format: what the page makes of it, and what came over the wire. */
export function FormatPane({ wire, answer, run }: FormatPaneProps) {
  const { play } = useConnection()
  const fetch = useMemo(() => play(wire.stream(answer)), [play, wire, answer])
  const [seen, setSeen] = useState<Seen>({ run: 0, events: [] })
  const completion = useStreamingCompletion<object>({
    url: '/api/completion',
    fetch,
    format: wire.format,
    onEvent: (event) => setSeen((before) => withEvent(before, run, event)),
  })
  const { status, text, start } = completion
  const running = status === 'connecting' || status === 'streaming'

  useEffect(() => {
    if (run > 0) void start({})
  }, [run, start])

  return (
    <section className="card stack format-pane" data-status={status} aria-label={wire.name}>
      <div className="format-head">
        <h2>{wire.name}</h2>
        <code>{wire.code}</code>
      </div>
      <StatusLine completion={completion} />
      <p className="prose" aria-busy={running} data-testid="text">
        {text || <span className="quiet">The same answer, in these bytes.</span>}
      </p>
      <OutcomeNotice completion={completion} />
      <pre className="format-wire" tabIndex={0} role="region" aria-label={`Bytes of ${wire.name}`}>
        {seen.events.map(({ data, event }) => `${event ? `${event}  ` : ''}${data}`).join('\n')}
      </pre>
    </section>
  )
}
