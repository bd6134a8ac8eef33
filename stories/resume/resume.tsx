import { useState } from 'react'
import {
  isRunning,
  resumable,
  useStreamingCompletion,
  type Checkpoint,
} from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { MarkdownText } from '../parts/markdown-text.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { useAutoStart } from '../parts/use-auto-start.ts'
import { followUrl } from './follow-url.ts'
import './resume.css'

export interface ResumeProps {
  prompt?: string
}

/** How much of the text each connection brought, as far as it was shown. */
interface Connection {
  readonly attempt: number
  readonly from: number
}

const resume = resumable({ url: followUrl })

/** A stream whose connection breaks, more than once, and that is carried on where it stopped. */
export function Resume({
  prompt = 'Drop the connection while you plan three days in Kyoto',
}: ResumeProps) {
  const { fetch } = useConnection()
  const completion = useStreamingCompletion<object>({ url: '/api/responses', fetch, resume })
  const { status, text, attempt, nextAttemptAt, checkpoint, start, abort } = completion
  const running = isRunning(completion)
  const [connections, setConnections] = useState<readonly Connection[]>([])
  const [left, setLeft] = useState<Checkpoint>()
  const last = connections.at(-1)
  if (status !== 'idle' && attempt > (last?.attempt ?? 0)) {
    setConnections([...connections, { attempt, from: text.length }])
  }

  function begin(from?: Checkpoint) {
    setConnections([])
    setLeft(undefined)
    const request = { model: 'gpt-4.1-mini', input: prompt, stream: true, background: true }
    void start(request, from ? { checkpoint: from } : undefined)
  }

  const startsInView = useAutoStart(() => begin())

  return (
    <StoryPage
      title="Resume after a cut"
      className="narrow"
      lead={
        <>
          <code>resumable</code> reopens a stream that broke, after the last event that took effect
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
        </div>
        <ol className="connections" aria-label="Connections">
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
          {text === '' && <p className="quiet">Every connection will be cut after a while.</p>}
          <MarkdownText text={text} ended={!running} />
        </div>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}
