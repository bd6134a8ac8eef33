import { useState } from 'react'
import code from '../../examples/jobs/other-format.tsx?raw'
import { StoryPage } from '../parts/story-page.tsx'
import { FormatRun } from './format-run.tsx'
import './formats.css'
import { openaiWires, otherWires } from './wires.ts'

export interface FormatsProps {
  /** The text of the answer. */
  answer?: string
}

const groups = [
  { name: 'Detected automatically', wires: openaiWires },
  { name: 'Imported', wires: otherWires },
]
const wires = groups.flatMap((group) => group.wires)

/** The same answer in every wire format, with each word tied to its event. */
export function Formats({
  answer = 'A stream is only as fast as the slowest buffer on its path: the proxy, the compressor, the page. 🐢 Remove them one by one.',
}: FormatsProps) {
  const [chosen, setChosen] = useState(wires[0]!)

  return (
    <StoryPage
      title="Formats"
      code={code}
      lead="The same answer in ten wire formats. Point at a word to see its event"
    >
      <div className="format-page">
        <nav aria-label="Formats" className="format-list">
          {groups.map((group) => (
            <section key={group.name} aria-label={group.name}>
              <h2>{group.name}</h2>
              <ul className="chips">
                {group.wires.map((wire) => (
                  <li key={wire.name}>
                    <button
                      type="button"
                      className="chip"
                      aria-pressed={wire === chosen}
                      onClick={() => setChosen(wire)}
                    >
                      {wire.name}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <FormatRun key={`${chosen.name}: ${answer}`} wire={chosen} answer={answer} />
      </div>
    </StoryPage>
  )
}
