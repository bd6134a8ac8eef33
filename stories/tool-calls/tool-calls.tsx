import { isRunning } from 'use-streaming-completion'
import code from '../../examples/jobs/tools.tsx?raw'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { MarkdownText } from '../parts/markdown-text.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import type { Api } from '../playground/request-body.ts'
import { CallCard } from './call-card.tsx'
import './tool-calls.css'
import { useToolTurns } from './use-tool-turns.ts'

export interface ToolCallsProps {
  api?: Api
  prompt?: string
}

/** The model calls a tool, the app runs it, and the model answers with the output. */
export function ToolCalls({
  api = 'responses',
  prompt = 'What should I pack for Kyoto and for Reykjavík?',
}: ToolCallsProps) {
  const url = api === 'responses' ? '/api/responses' : '/api/chat/completions'
  const { completion, finished, ask } = useToolTurns(url, api)
  const { status, toolCalls, text, abort } = completion
  const running = isRunning(completion)
  const calls =
    finished.length > 0 ? finished : toolCalls.map((call) => ({ call, output: undefined }))

  return (
    <StoryPage
      title="Tool calls"
      code={code}
      className="narrow"
      lead="Arguments appear as they stream, the app runs the tools, and a second request returns the answer"
    >
      <section className="card stack" data-status={status} aria-label="Conversation">
        <StatusLine completion={completion} />
        <p className="prose question">{prompt}</p>
        <div className="row">
          <StartAndStop
            start="Ask"
            running={running}
            onStart={() => void ask(prompt)}
            onStop={abort}
          />
        </div>
        <ul className="calls" aria-label="Calls">
          {calls.map(({ call, output }) => (
            <CallCard key={call.id} call={call} output={output} />
          ))}
        </ul>
        <div className="prose" aria-busy={running} data-testid="text">
          <MarkdownText text={text} ended={!running} />
        </div>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}
