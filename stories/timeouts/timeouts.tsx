import { useMemo, useState } from 'react'
import { isRunning, useStreamingCompletion, type TimeoutName } from 'use-streaming-completion'
import { completionStream, type ScriptedStream } from 'use-streaming-completion/testing'
import code from '../../examples/jobs/timeouts.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import type { Fetch } from '../connection/fetch.ts'
import { isInTests } from '../parts/in-tests.ts'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { TimeoutTimeline } from './timeout-timeline.tsx'

export interface TimeoutsProps {
  /** The timeout to set. */
  name?: TimeoutName
  /** Its limit, in milliseconds. */
  limit?: number
  /** Whether the server sends a keep-alive comment after every half of the limit. */
  keepAlive?: boolean
}

const stepsOf = (text: string) => completionStream({ text }, { delay: 30 }).steps
const silent = stepsOf('The first words arrive, and then the stream is silent.')
const kept = stepsOf(
  'The first words arrive. Comments bridge the silence, and the rest of the text follows.',
)
const comment = ': keep-alive\n\n'

/** What the server does, after the words “a server that”. */
const faults: Readonly<Record<TimeoutName, string>> = {
  response: 'does not answer',
  firstToken: 'answers but sends no text',
  idle: 'stops sending',
  total: 'does not finish',
}

/** A server that is slow in the phase that the timeout limits. */
function slowStream(name: TimeoutName, limit: number, keepAlive: boolean): ScriptedStream {
  const comments = Array.from({ length: 4 }, () => ({ send: comment, delay: limit / 2 }))
  const silence = keepAlive ? comments : []
  const steps = keepAlive ? kept : silent
  if (name === 'response') return { steps, responseDelay: limit * 10 }
  if (name === 'firstToken') return { steps: silence, end: 'stall' }
  const [head, rest] = [steps.slice(0, 9), steps.slice(9)]
  return keepAlive
    ? { steps: [...head, ...silence, ...rest] }
    : { steps: [...head, { send: comment, delay: 0 }], end: 'stall' }
}

/** The four timeouts, each with a server that is too slow for it. */
export function Timeouts({
  name = 'idle',
  // Long enough to watch the countdown.
  limit = isInTests ? 600 : 2000,
  keepAlive = false,
}: TimeoutsProps) {
  const { play } = useConnection()
  const fetch = useMemo(
    () => play(slowStream(name, limit, keepAlive)),
    [play, name, limit, keepAlive],
  )
  const [comments, setComments] = useState<readonly number[]>([])
  const counting = useMemo(() => countingReads(fetch, setComments), [fetch])
  const completion = useStreamingCompletion<object>({
    url: '/api/completion',
    fetch: counting,
    timeouts: { [name]: limit },
  })
  const { status, text, start, abort } = completion
  const running = isRunning(completion)

  return (
    <StoryPage
      title="Timeouts"
      code={code}
      className="narrow"
      lead={
        <>
          <code>
            timeouts: {'{'} {name}: {limit} {'}'}
          </code>{' '}
          against a server that {keepAlive ? 'sends keep-alive comments' : faults[name]}
        </>
      }
    >
      <section className="card stack" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <div className="row">
          <StartAndStop
            running={running}
            onStart={() => {
              setComments([])
              void start({})
            }}
            onStop={abort}
          />
        </div>
        <TimeoutTimeline completion={completion} arrivals={comments} name={name} limit={limit} />
        <p className="prose" aria-busy={running} data-testid="text">
          {text || <span className="quiet">Text that arrives before the timeout is kept.</span>}
        </p>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}

/** Records when each chunk of a body arrives, comments included, on the clock of `performance.now()`. */
function countingReads(
  fetch: Fetch,
  setTimes: (update: (before: readonly number[]) => readonly number[]) => void,
): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init)
    const noted = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, controller) {
          setTimes((before) => [...before, performance.now()])
          controller.enqueue(bytes)
        },
      }),
    )
    return new Response(noted ?? null, response)
  }
}
