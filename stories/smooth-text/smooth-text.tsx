import { useMemo } from 'react'
import { isRunning, useSmoothText, useStreamingCompletion } from 'use-streaming-completion'
import { completionStream } from 'use-streaming-completion/testing'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import './smooth-text.css'

export interface SmoothTextProps {
  /** The size of the pieces in which the text arrives, in characters. */
  burst?: number
  /** The silence between two pieces, in milliseconds. */
  silence?: number
  /** How late text may be shown at the latest, in milliseconds. */
  maxDelay?: number
}

const answer =
  'Some proxies hold a stream back until a block is full, and then let go of all of it at once. The text is right either way; it only moves like a train at a crossing. Smoothing paces it by whole graphemes, so no 👨‍👩‍👧‍👦 is ever cut in two, and it is never more than a moment behind. When the answer has ended, the rest follows within that moment, and then nothing runs any more.'

/** The same text as it arrives and as it is shown when it is paced. */
export function SmoothText({ burst = 48, silence = 350, maxDelay = 400 }: SmoothTextProps) {
  const { play } = useConnection()
  const fetch = useMemo(
    () => play(completionStream({ text: answer }, { deltaLength: burst, delay: silence })),
    [play, burst, silence],
  )
  const completion = useStreamingCompletion<object>({ url: '/api/completion', fetch })
  const { status, text, start, abort } = completion
  const running = isRunning(completion)
  const smooth = useSmoothText(text, { ended: !running, maxDelay })

  return (
    <StoryPage
      title="Smooth text"
      lead={
        <>
          <code>useSmoothText</code> paces a text that arrives in big pieces, and never keeps it
          long
        </>
      }
    >
      <section className="card stack" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <div className="row">
          <StartAndStop running={running} onStart={() => void start({})} onStop={abort} />
          <p className="quiet smooth-backlog" data-testid="backlog">
            {text.length - smooth.text.length} characters behind
          </p>
        </div>
        <div className="smooth-panes">
          <section aria-label="As it arrives">
            <h2>As it arrives</h2>
            <p aria-busy={running} data-testid="text">
              {text}
            </p>
          </section>
          <section aria-label="Paced">
            <h2>Paced</h2>
            <p aria-busy={running || !smooth.caughtUp} data-testid="smooth">
              {smooth.text}
              {(running || !smooth.caughtUp) && <span className="cursor" aria-hidden="true" />}
            </p>
          </section>
        </div>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}
