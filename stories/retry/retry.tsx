import { useMemo } from 'react'
import { isRunning, useStreamingCompletion } from 'use-streaming-completion'
import { completionStream, httpFailure } from 'use-streaming-completion/testing'
import code from '../../examples/jobs/retry.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { Countdown } from './countdown.tsx'
import { RetryTimeline } from './retry-timeline.tsx'
import './retry.css'
import { useAttempts } from './use-attempts.ts'

export interface RetryProps {
  /** How many requests the server rejects with a 503 before it answers. */
  failures?: number
  /** The option `retry`: how many times the hook resends the request. */
  retry?: number
  /** The server's `Retry-After`, in seconds. */
  retryAfter?: number
}

const resent = completionStream(
  {
    text: 'This attempt succeeded. The text contains nothing from the rejected ones: the hook resends a request only before any content has arrived.',
  },
  { delay: 30 },
)
const resentByHand = completionStream(
  {
    text: 'This request succeeded. Without the retry option, the first failure ends the run, and the user decides whether to send the request again.',
  },
  { delay: 30 },
)

/** A rejected request is resent after the delay that the server asks for. */
export function Retry({ failures = 2, retry: attempts = 3, retryAfter = 2 }: RetryProps) {
  const { play } = useConnection()
  const fetch = useMemo(() => {
    const busy = httpFailure(
      503,
      { error: { message: 'The model is busy.' } },
      { 'retry-after-ms': String(retryAfter * 1000) },
    )
    const answer = attempts === 0 ? resentByHand : resent
    const sequence = [...Array.from({ length: failures }, () => busy), answer]
    let request = 0
    return play(() => sequence[Math.min(request++, failures)] ?? answer)
  }, [play, failures, attempts, retryAfter])
  const { attempts: sent, noted, forget } = useAttempts(fetch)
  const completion = useStreamingCompletion<object>({
    url: '/api/completion',
    fetch: noted,
    retry: attempts,
  })
  const { status, text, attempt, nextAttemptAt, start, abort, retry } = completion
  const running = isRunning(completion)

  return (
    <StoryPage
      title="Abort and retry"
      code={code}
      className="narrow"
      lead={
        <>
          <code>abort</code> keeps the text; <code>retry</code> sends the last input again,
          automatically or on request
        </>
      }
    >
      <section className="card stack" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <div className="row">
          <StartAndStop
            running={running}
            onStart={() => {
              forget()
              void start({})
            }}
            onStop={abort}
          />
          <ActionButton
            look="plain"
            enabled={!running && status !== 'idle'}
            onPress={() => {
              forget()
              void retry()
            }}
          >
            Retry
          </ActionButton>
        </div>
        <RetryTimeline completion={completion} attempts={sent} />
        <p className="attempts" data-testid="attempts">
          {status === 'idle' ? 'No request sent yet.' : `Attempt ${attempt}`}
          {nextAttemptAt !== undefined && (
            <>
              {' '}
              was rejected. The next attempt starts in <Countdown to={nextAttemptAt} />.
            </>
          )}
        </p>
        <p className="prose" aria-busy={running} data-testid="text">
          {text || (
            <span className="quiet">
              The server rejects{' '}
              {failures === 1 ? 'the first request' : `the first ${failures} requests`}.{' '}
              {attempts === 0
                ? 'Press Retry to send it again.'
                : `It asks for a delay of ${retryAfter} s each time. Press Stop to cancel the next attempt.`}
            </span>
          )}
        </p>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}
