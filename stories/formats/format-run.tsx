import { useMemo, useState } from 'react'
import { isRunning, useStreamingCompletion } from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { tieEvent, type TiedEvent } from './tie-event.ts'
import { WireView } from './wire-view.tsx'
import type { Wire } from './wires.ts'

/** One answer in one format: its words, and the events that contain them. */
export function FormatRun({ wire, answer }: { wire: Wire; answer: string }) {
  const { play } = useConnection()
  const fetch = useMemo(() => play(wire.stream(answer)), [play, wire, answer])
  const [events, setEvents] = useState<readonly TiedEvent[]>([])
  const [pointed, setPointed] = useState<number>()
  const completion = useStreamingCompletion<object>({
    url: '/api/completion',
    fetch,
    format: wire.format,
    onEvent: (event) => setEvents((seen) => [...seen, tieEvent(event, answer, seen.at(-1))]),
  })
  const { status, text, start, abort } = completion
  const running = isRunning(completion)
  const carriers = events.filter(({ from, to }) => to > from)
  const lit = pointed ?? (running ? carriers.at(-1)?.number : undefined)

  return (
    <section className="card stack format-run" data-status={status} aria-label={wire.name}>
      <StatusLine completion={completion} />
      <div className="row">
        <StartAndStop
          running={running}
          onStart={() => {
            setEvents([])
            void start({})
          }}
          onStop={abort}
        />
        <code className="format-code">{wire.code}</code>
      </div>
      <p className="prose format-words" aria-busy={running} data-testid="text">
        {carriers.map(({ number, from, to }) => (
          <span
            key={number}
            data-lit={number === lit}
            onPointerEnter={() => setPointed(number)}
            onPointerLeave={() => setPointed(undefined)}
          >
            {text.slice(from, to)}
          </span>
        ))}
        {text.slice(carriers.at(-1)?.to ?? 0)}
      </p>
      <WireView answer={answer} events={events} lit={lit} onPoint={setPointed} />
      <OutcomeNotice completion={completion} />
    </section>
  )
}
