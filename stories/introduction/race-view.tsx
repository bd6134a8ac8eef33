import type { ReactNode } from 'react'
import { Lane, type LaneProps } from './lane.tsx'

interface RaceViewProps {
  actions: ReactNode
  ours: Omit<LaneProps, 'name'>
  theirs: Omit<LaneProps, 'name'>
}

/** The two lanes of the race, side by side. */
export function RaceView({ actions, ours, theirs }: RaceViewProps) {
  return (
    <section className="race" aria-labelledby="race-title">
      <div className="race-head">
        <h2 id="race-title">One truncated stream, read by two hooks</h2>
        {actions}
      </div>
      <p>
        A proxy reaches its time limit and closes the response in mid-sentence. Both hooks receive
        the same bytes.
      </p>
      <div className="lanes">
        <Lane name="use-streaming-completion" {...ours} />
        <Lane
          name={
            <>
              <code>useCompletion</code> of the AI SDK
            </>
          }
          {...theirs}
        />
      </div>
    </section>
  )
}
