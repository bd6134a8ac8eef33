import type { ReactNode } from 'react'

export interface LaneProps {
  name: ReactNode
  text: string
  running: boolean
  /** The state that the hook reports, as an app reads it. */
  state: string
  outcome: 'none' | 'finished' | 'warned'
  /** What an app shows its user for this state. */
  shown: ReactNode
}

/** One lane of the race: the text so far, and the outcome that the user sees. */
export function Lane({ name, text, running, state, outcome, shown }: LaneProps) {
  return (
    <section className="card lane" data-outcome={outcome}>
      <div className="lane-head">
        <h3>{name}</h3>
        <p className="lane-shown" data-blank={shown === '\u00a0'}>
          {shown}
        </p>
      </div>
      <p className="lane-text" aria-busy={running}>
        {text}
      </p>
      <p className="lane-state">
        <code>{state}</code>
      </p>
    </section>
  )
}
