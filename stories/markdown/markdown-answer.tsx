import {
  containerParts,
  isRunning,
  useStreamingCompletion,
  repairMarkdown,
  useTextBlocks,
} from 'use-streaming-completion'
import code from '../../examples/jobs/markdown.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { MarkdownBlock } from '../parts/markdown-block.tsx'
import '../parts/markdown.css'
import './markdown.css'

export interface MarkdownAnswerProps {
  prompt?: string
}

/** Markdown rendered block by block. A settled block never renders again. */
export function MarkdownAnswer({
  prompt = 'Tell me everything you know, at length',
}: MarkdownAnswerProps) {
  const { fetch } = useConnection()
  const completion = useStreamingCompletion<object>({ url: '/api/responses', fetch })
  const { status, text, start, abort } = completion
  const running = isRunning(completion)
  const blocks = useTextBlocks(text, {
    ended: !running,
    divide: containerParts,
    repair: repairMarkdown,
  })
  const settled = blocks.filter((block) => block.settled).length

  return (
    <StoryPage
      title="Markdown in blocks"
      code={code}
      className="narrow"
      lead={
        <>
          <code>useTextBlocks</code> settles blocks that can no longer change; only the last block
          renders
        </>
      }
    >
      <section className="card stack" data-status={status} aria-label="Answer">
        <StatusLine completion={completion} />
        <div className="row">
          <StartAndStop
            running={running}
            onStart={() => void start({ model: 'gpt-4.1-mini', input: prompt, stream: true })}
            onStop={abort}
          />
          <p className="quiet block-count" data-testid="blocks">
            {settled} settled, {blocks.length - settled} live
          </p>
        </div>
        <div className="markdown markdown-answer" aria-busy={running} data-testid="text">
          {blocks.map(({ key, ...block }) => (
            <MarkdownBlock key={key} {...block} />
          ))}
        </div>
        <OutcomeNotice completion={completion} />
      </section>
    </StoryPage>
  )
}
