import { Profiler, useCallback, useRef, useState } from 'react'
import code from '../../examples/jobs/three-models.tsx?raw'
import { ActionButton } from '../parts/action-button.tsx'
import { useAutoStart } from '../parts/use-auto-start.ts'
import { StoryPage } from '../parts/story-page.tsx'
import { PlotCard } from '../plot/plot-card.tsx'
import './many-streams.css'
import { StreamTile } from './stream-tile.tsx'
import { useCommitsPerFrame } from './use-commits-per-frame.ts'
import { useFrameRate } from './use-frame-rate.ts'

export interface ManyStreamsProps {
  /** How many streams run at once, each at 50 tokens per second. */
  count?: number
}

/** Many hooks at once. All publish in the same frame, and React commits once. */
export function ManyStreams({ count = 100 }: ManyStreamsProps) {
  const [perDelta, setPerDelta] = useState(false)
  const [run, setRun] = useState(0)
  const [aborts, setAborts] = useState(0)
  const [running, setRunning] = useState(0)
  const { countCommit, commitsPerFrame, forgetCommits } = useCommitsPerFrame()
  const shown = useRef<HTMLSpanElement>(null)
  const { seconds, rates, slowest } = useFrameRate(running > 0, () => {
    const mean = commitsPerFrame()
    if (shown.current && mean > 0)
      shown.current.textContent = `${mean.toFixed(2)} commits per frame`
  })
  const onEnd = useCallback(() => setRunning((before) => before - 1), [])

  const start = () => {
    forgetCommits()
    setRunning(count)
    setRun(run + 1)
  }
  const startsInView = useAutoStart(start)

  return (
    <StoryPage
      title="Many streams"
      code={code}
      lead={
        <>
          {count} hooks, each streaming 50 tokens per second. “State per delta” sets{' '}
          <code>publish: &apos;sync&apos;</code>
        </>
      }
    >
      <div className="many-head">
        <ActionButton ref={startsInView} look="primary" enabled={running === 0} onPress={start}>
          Start all
        </ActionButton>
        <ActionButton look="danger" enabled={running > 0} onPress={() => setAborts(aborts + 1)}>
          Stop all
        </ActionButton>
        <label className="per-delta">
          <input
            type="checkbox"
            role="switch"
            checked={perDelta}
            onChange={(event) => {
              setPerDelta(event.target.checked)
              forgetCommits()
            }}
          />
          State per delta
        </label>
        <p role="status" className="quiet">
          {running > 0 ? 'Streaming' : run > 0 ? 'All streams ended' : 'Ready'}
        </p>
        <p className="many-figures" data-testid="figures">
          <span ref={shown}>–</span>
          <span>{slowest > 0 ? `slowest frame ${slowest.toFixed(0)} ms` : ''}</span>
        </p>
      </div>
      <PlotCard
        title="Frame rate"
        label={`Frames per second, latest value ${(rates.at(-1) ?? 0).toFixed(0)}`}
        series={frameRate}
        data={[seconds, rates]}
        height={120}
      />
      <Profiler id="tiles" onRender={countCommit}>
        <ul className="stream-tiles" aria-label="Streams">
          {Array.from({ length: count }, (_, index) => (
            <StreamTile
              key={index}
              number={index + 1}
              run={run}
              aborts={aborts}
              onEnd={onEnd}
              perDelta={perDelta}
            />
          ))}
        </ul>
      </Profiler>
    </StoryPage>
  )
}

const frameRate = [{ label: 'Frames/s', look: 'accent', kind: 'line', unit: 'frames' }] as const
