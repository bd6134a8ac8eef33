import Markdown from 'react-markdown'
import highlight from 'rehype-highlight'
import {
  isRunning,
  repairMarkdown,
  useStreamingCompletion,
  useTextBlocks,
} from 'use-streaming-completion'

export function MarkdownAnswer() {
  const completion = useStreamingCompletion<string>({ url: '/api/completion' })
  const ended = !isRunning(completion)
  const blocks = useTextBlocks(completion.text, { ended, repair: repairMarkdown })
  return (
    <article>
      <button onClick={() => void completion.start('Explain quicksort')}>Explain</button>
      {blocks.map((block) => (
        <Markdown key={block.key} rehypePlugins={[highlight]} children={block.text} />
      ))}
    </article>
  )
}
