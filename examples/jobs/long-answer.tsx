import { memo } from 'react'
import Markdown from 'react-markdown'
import {
  groupTextBlocks,
  isRunning,
  useStreamingCompletion,
  useTextBlocks,
  type TextBlock,
} from 'use-streaming-completion'

const Block = memo(({ block }: { block: TextBlock }) => <Markdown>{block.text}</Markdown>)

const Group = memo(({ blocks }: { blocks: readonly TextBlock[] }) => (
  <section style={blocks.every(({ settled }) => settled) ? { contentVisibility: 'auto' } : {}}>
    {blocks.map((block) => (
      <Block key={block.key} block={block} />
    ))}
  </section>
))

export function LongAnswer() {
  const completion = useStreamingCompletion<string>({ url: '/api/completion' })
  const blocks = useTextBlocks(completion.text, { ended: !isRunning(completion) })
  return (
    <article>
      <button onClick={() => void completion.start('Write a book')}>Write</button>
      {groupTextBlocks(blocks).map((group) => (
        <Group key={group[0].key} blocks={group} />
      ))}
    </article>
  )
}
