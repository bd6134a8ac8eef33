import { useMemo } from 'react'
import {
  containerParts,
  isRunning,
  groupTextBlocks,
  useStreamingCompletion,
  repairMarkdown,
  useTextBlocks,
} from 'use-streaming-completion'
import { completionStream } from 'use-streaming-completion/testing'
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

export interface LongOutputProps {
  kilobytes?: number
}

/** A very long answer in Markdown: what is settled costs nothing any more, whether in sight or not. */
export function LongOutput({ kilobytes = 1024 }: LongOutputProps) {
  const { play } = useConnection()
  const fetch = useMemo(
    () =>
      play(
        completionStream(
          { text: longDocument(kilobytes * 1024) },
          // Some 200 kB a second: a hundred times as fast as a model.
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
  const { seconds, rates, slowest } = useFrameRate(running)

  return (
    <StoryPage
      title="Long output"
      lead={`${kilobytes} kB of Markdown, block by block, group by group`}
    >
      <PlotCard
        title={slowest > 0 ? `Frame rate, slowest frame ${slowest.toFixed(0)} ms` : 'Frame rate'}
        label={`Frames a second, lately ${(rates.at(-1) ?? 0).toFixed(0)}`}
        series={frameRate}
        data={[seconds, rates]}
        height={110}
      />
      <section className="card stack answer long-output" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <div className="row">
          <StartAndStop running={running} onStart={() => void start({})} onStop={abort} />
          <p className="quiet long-figures" data-testid="figures">
            {(text.length / 1024).toFixed(0)} kB in {groups.length} groups
          </p>
        </div>
        <FollowedAnswer text={text} running={running} className="markdown">
          {groups.map((blocks) => (
            <BlockGroup key={blocks[0].key} blocks={blocks} />
          ))}
        </FollowedAnswer>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}

const frameRate = [{ label: 'Frames/s', look: 'accent', kind: 'line', unit: 'frames' }] as const
