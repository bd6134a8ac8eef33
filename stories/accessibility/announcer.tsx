import { useEffect, useMemo, useRef } from 'react'
import { isRunning, useCompletionAnnouncer, useStreamingCompletion } from 'use-streaming-completion'
import { completionStream } from 'use-streaming-completion/testing'
import code from '../../examples/jobs/announcer.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import './announcer.css'

export interface AnnouncerProps {
  prompt?: string
  /** A scripted answer, for stories that should not depend on the model. */
  answer?: string
  /** Whether complete sentences are announced too. */
  sentences?: boolean
  /** The minimum time between two sentences, in milliseconds. */
  interval?: number
}

/** What a screen reader announces: everything that was in the live regions. */
export function Announcer({
  prompt = 'Plan three days in Kyoto',
  answer,
  sentences = false,
  interval = 3000,
}: AnnouncerProps) {
  const connection = useConnection()
  const fetch = useMemo(() => {
    const { fetch, play } = connection
    return answer ? play(completionStream({ text: answer }, { delay: 40 })) : fetch
  }, [connection, answer])
  const completion = useStreamingCompletion<object>({ url: '/api/responses', fetch })
  const { text, start, abort } = completion
  const { polite, assertive } = useCompletionAnnouncer(completion, { sentences, interval })
  const running = isRunning(completion)

  return (
    <StoryPage
      title="Accessibility"
      code={code}
      className="narrow"
      lead={
        <>
          <code>useCompletionAnnouncer</code> announces{' '}
          {sentences
            ? 'each sentence once it is complete, and the end'
            : 'when an answer starts and ends, never individual tokens'}
        </>
      }
    >
      <section className="card stack" aria-label="Answer">
        <div className="row">
          <StartAndStop
            running={running}
            onStart={() => void start({ model: 'gpt-4.1-mini', input: prompt, stream: true })}
            onStop={abort}
          />
        </div>
        <p role="status" className="live-region">
          {polite}
        </p>
        <p role="alert" className="live-region">
          {assertive}
        </p>
        <p className="prose" aria-busy={running} data-testid="text">
          {text || <span className="quiet">The text itself is not a live region.</span>}
        </p>
      </section>
      <section className="card heard" aria-label="Announcements">
        <h2>Announcements</h2>
        <Heard polite={polite} assertive={assertive} />
      </section>
    </StoryPage>
  )
}

/** Records the contents of the live regions. */
function Heard({ polite, assertive }: { polite: string; assertive: string }) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => append(list.current, polite, 'polite'), [polite])
  useEffect(() => append(list.current, assertive, 'assertive'), [assertive])
  return <ol ref={list} data-testid="heard" />
}

function append(list: HTMLOListElement | null, words: string, how: string) {
  if (!list || words === '') return
  const item = document.createElement('li')
  item.dataset['how'] = how
  item.textContent = words
  list.append(item)
}
