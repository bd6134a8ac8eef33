import { Profiler, useMemo } from 'react'
import {
  containerParts,
  isRunning,
  groupTextBlocks,
  useStreamingCompletion,
  repairMarkdown,
  useTextBlocks,
} from 'use-streaming-completion'
import { completionStream } from 'use-streaming-completion/testing'
import code from '../../examples/jobs/long-answer.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { useFrameRate } from '../many-streams/use-frame-rate.ts'
import '../parts/markdown.css'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { FollowedAnswer } from '../parts/followed-answer.tsx'
import { PlotCard } from '../plot/plot-card.tsx'
import { BlockGroup } from './block-group.tsx'
import { longDocument } from './long-document.ts'
import './long-output.css'
import { useCommitCost } from './use-commit-cost.ts'

export interface LongOutputProps {
  /** The length of the answer, in kB of Markdown. */
  kilobytes?: number
}

/** A very long Markdown answer. Settled blocks cost nothing, in view or not. */
export function LongOutput({ kilobytes = 1024 }: LongOutputProps) {
  const { play } = useConnection()
  const fetch = useMemo(
    () =>
      play(
        completionStream(
          { text: longDocument(kilobytes * 1024) },
          // About 200 kB per second: a hundred times the speed of a model.
          { format: 'openai-chat', deltaLength: 400, delay: (index) => (index % 5 === 0 ? 8 : 0) },
        ),
      ),
    [play, kilobytes],
  )
  const completion = useStreamingCompletion<object>({ url: '/api/completion', fetch })
  const { status, text, start, abort } = completion
  const running = isRunning(completion)
  const groups = groupTextBlocks(
    useTextBlocks(text, { ended: !running, divide: containerParts, repair: repairMarkdown }),
  )
  const { rates, slowest } = useFrameRate(running)
  const { cost, noteCommit } = useCommitCost(running)

  return (
    <StoryPage
      title="Long output"
      code={code}
      lead={`${kilobytes} kB of this project’s own Markdown, a hundred times faster than a model`}
    >
      <PlotCard
        title="Render time per commit as the answer grows"
        label={`Milliseconds of React rendering per commit, latest value ${(cost.milliseconds.at(-1) ?? 0).toFixed(1)}`}
        series={commitCost}
        data={[cost.seconds, cost.milliseconds]}
        height={110}
      />
      <section className="card stack answer long-output" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <div className="row">
          <StartAndStop running={running} onStart={() => void start({})} onStop={abort} />
          <p className="quiet long-figures" data-testid="figures">
            {Math.floor(text.length / 1024)} kB in {groups.length}{' '}
            {groups.length === 1 ? 'group' : 'groups'}
            {rates.length > 0 &&
              `, ${(rates.at(-1) ?? 0).toFixed(0)} frames/s, slowest ${slowest.toFixed(0)} ms`}
          </p>
        </div>
        <FollowedAnswer text={text} running={running} className="markdown">
          <Profiler id="answer" onRender={noteCommit}>
            {groups.map((blocks) => (
              <BlockGroup key={blocks[0].key} blocks={blocks} />
            ))}
          </Profiler>
        </FollowedAnswer>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}

const commitCost = [{ label: 'ms per commit', look: 'accent', kind: 'line', unit: 'ms' }] as const
