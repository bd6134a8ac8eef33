import { useEffect, useEffectEvent, useState } from 'react'
import {
  isRunning,
  resumable,
  useStreamingCompletion,
  type Checkpoint,
} from 'use-streaming-completion'
import code from '../../examples/jobs/resume.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { useAutoStart } from '../parts/use-auto-start.ts'
import { followUrl } from './follow-url.ts'
import { keepCheckpoint, readKeptCheckpoint } from './kept-checkpoint.ts'
import './resume.css'
import { SeamedText } from './seamed-text.tsx'

export interface ResumeProps {
  /** The prompt. “Drop the connection” makes every connection break after a third of the events. */
  prompt?: string
}

/** The position in the text at which a connection began. */
interface Connection {
  readonly attempt: number
  readonly from: number
}

const resume = resumable({ url: followUrl })

/** A stream whose connection breaks several times and resumes where it stopped. */
export function Resume({
  prompt = 'Drop the connection while you plan three days in Kyoto',
}: ResumeProps) {
  const { fetch } = useConnection()
  const completion = useStreamingCompletion<object>({ url: '/api/responses', fetch, resume })
  const { status, text, attempt, nextAttemptAt, checkpoint, start, abort } = completion
  const running = isRunning(completion)
  const [connections, setConnections] = useState<readonly Connection[]>([])
  const [left, setLeft] = useState<Checkpoint>()
  const [kept] = useState(readKeptCheckpoint)
  const last = connections.at(-1)
  if (status !== 'idle' && attempt > (last?.attempt ?? 0)) {
    setConnections([...connections, { attempt, from: text.length }])
  }

  function begin(from?: Checkpoint) {
    setConnections([])
    setLeft(undefined)
    send(from)
  }

  function send(from?: Checkpoint) {
    const request = { model: 'gpt-4.1-mini', input: prompt, stream: true, background: true }
    void start(request, from ? { checkpoint: from } : undefined)
  }

  const comeBack = useEffectEvent(send)
  useEffect(() => {
    if (!kept) return
    keepCheckpoint(undefined)
    comeBack(kept)
  }, [kept])
  const startsInView = useAutoStart(() => {
    if (!kept) begin()
  })

  return (
    <StoryPage
      title="Resume after a cut"
      code={code}
      className="narrow"
      lead={
        <>
          <code>resumable</code> reopens a broken stream after the last processed event
        </>
      }
    >
      <section className="card stack" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <div className="row">
          <ActionButton
            ref={startsInView}
            look="primary"
            enabled={!running}
            onPress={() => begin()}
          >
            Start
          </ActionButton>
          <ActionButton
            look="danger"
            enabled={running}
            onPress={() => {
              setLeft(checkpoint)
              abort()
            }}
          >
            Leave
          </ActionButton>
          <ActionButton
            look="plain"
            enabled={!running && left !== undefined}
            onPress={() => begin(left)}
          >
            Come back
          </ActionButton>
          <ActionButton
            look="plain"
            enabled={running && checkpoint !== undefined}
            onPress={() => {
              keepCheckpoint(checkpoint)
              location.reload()
            }}
          >
            Reload the page
          </ActionButton>
        </div>
        <ol className="connections" aria-label="Connections">
          {kept && (
            <li>The page was reloaded. The stream resumes without a new request to the model.</li>
          )}
          {connections.map((connection, index) => (
            <li key={connection.attempt}>
              <strong>Connection {connection.attempt}</strong> from character {connection.from}
              {index === connections.length - 1 &&
                nextAttemptAt !== undefined &&
                ' · broke, waiting'}
              {index < connections.length - 1 && ' · broke'}
            </li>
          ))}
        </ol>
        <div className="prose" aria-busy={running} data-testid="text">
          {text === '' && <p className="quiet">Each connection breaks after some events.</p>}
          <SeamedText
            text={text}
            seams={connections.slice(1).map(({ from }) => from)}
            ended={!running}
          />
        </div>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}
