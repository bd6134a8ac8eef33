import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { createCompletion } from 'use-streaming-completion/core'
import code from '../../examples/jobs/events.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { PlotCard } from '../plot/plot-card.tsx'
import { requestBody, type Api } from '../playground/request-body.ts'
import { demoModels } from '../models.ts'
import { StoryPage } from '../parts/story-page.tsx'
import { countedFetch } from './counted-fetch.ts'
import { EventBrowser } from './event-browser.tsx'
import { InspectedAnswer } from './inspected-answer.tsx'
import { InspectorFacts } from './inspector-facts.tsx'
import './inspector.css'
import { createRecording } from './recording.ts'

export interface InspectorProps {
  prompt?: string
  api?: Api
}

/** Plots events, bytes, text and React commits while they happen. */
export function Inspector({
  prompt = 'How do I read a streamed response with fetch?',
  api = 'responses',
}: InspectorProps) {
  const { fetch } = useConnection()
  const [recording] = useState(createRecording)
  const counted = useMemo(() => countedFetch(fetch, recording.onBytes), [fetch, recording])
  // Not the hook: the inspector must not render on every update of the completion.
  const completion = useMemo(
    () =>
      createCompletion<object>({
        url: '/api/completion',
        fetch: counted,
        onEvent: recording.onEvent,
      }),
    [counted, recording],
  )
  useEffect(() => () => completion.reset(), [completion])
  useEffect(() => recording.stop, [recording])
  const onStart = useCallback(() => {
    recording.start()
    void completion.start(requestBody(api, demoModels[2]!, prompt))
  }, [recording, completion, api, prompt])
  const { seconds, events, kilobytes, characters, commits, last, totals } = useSyncExternalStore(
    recording.subscribe,
    recording.get,
  )

  return (
    <StoryPage
      title="Stream inspector"
      lead="Events, bytes and React commits over time"
      code={code}
    >
      <div className="inspector">
        <InspectedAnswer
          completion={completion}
          prompt={prompt}
          onText={recording.onText}
          onCommit={recording.onCommit}
          onStart={onStart}
        />
        <InspectorFacts completion={completion} totals={totals} />
        <PlotCard
          title="Arrivals"
          label={`${totals.events} events and ${totals.commits} commits so far, in tenths of a second`}
          series={arrivals}
          data={[seconds, events, commits]}
        />
        <PlotCard
          title="Rate"
          label={`${totals.bytes} bytes so far, in tenths of a second`}
          series={rates}
          data={[seconds, kilobytes.map(perSecond), characters.map(perSecond)]}
        />
        <EventBrowser events={last} total={totals.events} />
      </div>
    </StoryPage>
  )
}

const perSecond = (inSlice: number) => inSlice * 10

const arrivals = [
  { label: 'Events per 0.1 s', look: 'accent', kind: 'bars', unit: 'count' },
  { label: 'React commits per 0.1 s', look: 'danger', kind: 'line', unit: 'count' },
] as const

const rates = [
  { label: 'kB/s', look: 'warn', kind: 'line', unit: 'kB' },
  { label: 'Characters/s', look: 'accent', kind: 'line', unit: 'characters' },
] as const
