import { useState } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { FormatPane } from './format-pane.tsx'
import './formats.css'
import { openaiWires, otherWires } from './wires.ts'

export interface FormatsProps {
  /** OpenAI's own formats, which are recognised, or those to import for other servers. */
  from?: 'openai' | 'others'
  answer?: string
}

/** The same answer in each wire format, side by side. */
export function Formats({
  from = 'openai',
  answer = 'A stream is only as live as the slowest buffer on its way: the proxy, the compressor, the page. 🐢 Take them out one by one.',
}: FormatsProps) {
  const [run, setRun] = useState(0)
  const wires = from === 'openai' ? openaiWires : otherWires

  return (
    <StoryPage
      title="Formats"
      lead={
        from === 'openai'
          ? 'The same answer in each of OpenAI’s formats, recognised by itself'
          : 'The same answer from other servers, each with a format to import'
      }
    >
      <div className="format-start">
        <ActionButton look="primary" enabled onPress={() => setRun(run + 1)}>
          Start all
        </ActionButton>
      </div>
      <main className="format-panes">
        {wires.map((wire) => (
          <FormatPane key={wire.name} wire={wire} answer={answer} run={run} />
        ))}
      </main>
    </StoryPage>
  )
}
