import Markdown from 'react-markdown'
import highlight from 'rehype-highlight'
import { useStreamingCompletion, useTextBlocks } from 'use-streaming-completion'

export function MarkdownAnswer() {
  const { text, start, status } = useStreamingCompletion<string>({ url: '/api/completion' })
  const blocks = useTextBlocks(text, { ended: status === 'complete' })
  return (
    <article>
      <button onClick={() => void start('Explain quicksort')}>Explain</button>
      {blocks.map((block) => (
        <Markdown key={block.key} rehypePlugins={[highlight]} children={block.text} />
      ))}
    </article>
  )
}
