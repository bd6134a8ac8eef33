import { render } from '@testing-library/react'
import { memo, StrictMode, useLayoutEffect } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { useTextBlocks, type TextBlock, type UseTextBlocksOptions } from '../../src/index.ts'
import { failOnReactWarnings } from './support/react-checks.ts'

failOnReactWarnings()

let rendered: string[] = []
const Block = memo(function Block({ text }: { text: string }) {
  rendered.push(text)
  return <p>{text}</p>
})

let last: readonly TextBlock[] = []
function Answer({ text, ...options }: { text: string } & UseTextBlocksOptions) {
  const blocks = useTextBlocks(text, options)
  useLayoutEffect(() => {
    last = blocks
  })
  return blocks.map((block) => <Block key={block.key} text={block.text} />)
}

test.each([false, true])(
  'only the tail is rendered again while the text grows (StrictMode: %s)',
  (isStrict) => {
    const page = (text: string) =>
      isStrict ? (
        <StrictMode>
          <Answer text={text} />
        </StrictMode>
      ) : (
        <Answer text={text} />
      )
    const { rerender, container } = render(page('One\n\nTwo\n\nTh'))
    const paragraphs = [...container.children]
    rendered = []
    rerender(page('One\n\nTwo\n\nThree\n\nF'))
    expect(new Set(rendered)).toEqual(new Set(['Three\n\n', 'F']))
    // The tail became a settled block in its place.
    expect([...container.children].slice(0, 3)).toEqual(paragraphs)
    expect(container.textContent).toBe('One\n\nTwo\n\nThree\n\nF')
  },
)

test('the array is the same as long as the text is', () => {
  const { rerender } = render(<Answer text={'One\n\nTwo'} />)
  const first = last
  rerender(<Answer text={'One\n\nTwo'} />)
  expect(last).toBe(first)
})

test('the end of the text settles its last block without rendering it again', () => {
  const { rerender } = render(<Answer text={'One\n\nTwo'} />)
  rendered = []
  rerender(<Answer text={'One\n\nTwo'} ended />)
  expect(last.map((block) => block.settled)).toEqual([true, true])
  expect(rendered).toEqual([])
})

test('a new run begins anew', () => {
  const { rerender, container } = render(<Answer text={'One\n\nTwo'} ended />)
  rerender(<Answer text="" />)
  expect(container.textContent).toBe('')
  rerender(<Answer text="Uno" />)
  expect(last).toEqual([{ key: 0, text: 'Uno', settled: false }])
})

test('another format divides the text anew', () => {
  const { rerender } = render(<Answer text={'- a\n\n- b'} />)
  expect(last).toHaveLength(1)
  rerender(<Answer text={'- a\n\n- b'} format="plain" />)
  expect(last).toHaveLength(2)
})

test('the server renders all of the text', () => {
  expect(renderToString(<Answer text={'One\n\nTwo'} />)).toBe('<p>One\n\n</p><p>Two</p>')
})
