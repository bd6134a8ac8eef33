import { useMemo } from 'react'
import { isRunning, useSmoothText, useStreamingCompletion } from 'use-streaming-completion'
import { completionStream } from 'use-streaming-completion/testing'
import code from '../../examples/jobs/typewriter.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import './smooth-text.css'

export interface SmoothTextProps {
  /** The size of the chunks, in characters. */
  burst?: number
  /** The pause between two chunks, in milliseconds. */
  silence?: number
  /** The maximum delay of shown text, in milliseconds. */
  maxDelay?: number
}

const answer =
  'Some proxies buffer a stream until a block is full, and then send the whole block at once. The text is correct either way, but it appears in jumps. Smoothing adds whole graphemes at an even pace, so it never splits a 👨‍👩‍👧‍👦, and the delay is limited. When the answer ends, the rest appears within that limit, and no timer keeps running.'

/** The same text as it arrives and paced. */
export function SmoothText({ burst = 48, silence = 350, maxDelay = 400 }: SmoothTextProps) {
  const { play } = useConnection()
  // The first events carry no text.
  const fetch = useMemo(
    () =>
      play(
        completionStream(
          { text: answer },
          { deltaLength: burst, delay: (index) => (index < 3 ? 60 : silence) },
        ),
      ),
    [play, burst, silence],
  )
  const completion = useStreamingCompletion<object>({ url: '/api/completion', fetch })
  const { status, text, start, abort } = completion
  const running = isRunning(completion)
  const smooth = useSmoothText(text, { ended: !running, maxDelay })
  const behind = text.length - smooth.text.length

  return (
    <StoryPage
      title="Smooth text"
      code={code}
      lead={
        <>
          <code>useSmoothText</code> shows text that arrives in large chunks at an even pace, with a
          bounded delay
        </>
      }
    >
      <section className="card stack" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <div className="row">
          <StartAndStop running={running} onStart={() => void start({})} onStop={abort} />
          <p className="quiet smooth-backlog" data-testid="backlog">
            {behind} {behind === 1 ? 'character' : 'characters'} behind
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
