import { act, render } from '@testing-library/react'
import {
  memo,
  startTransition,
  StrictMode,
  Suspense,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useState,
  type ReactNode,
} from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { useTextBlocks, type TextBlock, type UseTextBlocksOptions } from '../../src/index.ts'
import { createTextSplitter } from '../../src/core.ts'
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
  useEffect(() => {
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
    // The tail became a settled block in the same place.
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

test('a new run starts with new blocks', () => {
  const { rerender, container } = render(<Answer text={'One\n\nTwo'} ended />)
  rerender(<Answer text="" />)
  expect(container.textContent).toBe('')
  rerender(<Answer text="Uno" />)
  expect(last).toEqual([{ key: 0, text: 'Uno', settled: false }])
})

test('another format splits the text again from the start', () => {
  const { rerender } = render(<Answer text={'- a\n\n- b'} />)
  expect(last).toHaveLength(1)
  rerender(<Answer text={'- a\n\n- b'} format="plain" />)
  expect(last).toHaveLength(2)
})

test('the server renders the whole text', () => {
  expect(renderToString(<Answer text={'One\n\nTwo'} />)).toBe('<p>One\n\n</p><p>Two</p>')
})

describe.each([false, true])(
  'each render has the blocks of its own text (StrictMode: %s)',
  (isStrict) => {
    const page = (children: ReactNode) =>
      isStrict ? <StrictMode>{children}</StrictMode> : children

    let renders: { text: string; blocks: readonly TextBlock[] }[] = []
    function Blocks({ text }: { text: string }) {
      const blocks = useTextBlocks(text)
      renders.push({ text, blocks })
      return blocks.map((block) => <Block key={block.key} text={block.text} />)
    }

    function expectOwnBlocks() {
      for (const { text, blocks } of renders) expect(blocks).toEqual(createTextSplitter()(text))
      renders = []
    }

    test('when React discards the render of a newer text, and renders an older one after it', async () => {
      let hasLoaded = false
      let load!: () => void
      const loaded = new Promise<void>((resolve) => (load = resolve))
      let append!: (more: string) => void
      function Loads() {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- how a component suspends in both versions of React
        if (!hasLoaded) throw loaded
        return null
      }
      function Answer() {
        const [text, setText] = useState('One\n\nTwo')
        useLayoutEffect(() => {
          append = (more) => setText((before) => before + more)
        }, [])
        return (
          <>
            <Blocks text={text} />
            {text.includes('Later') && <Loads />}
          </>
        )
      }
      const { container } = render(
        page(
          <Suspense fallback="loading">
            <Answer />
          </Suspense>,
        ),
      )
      await act(async () => startTransition(() => append('\n\nLater [a].\n\n[a]: /url\n\n')))
      await act(async () => append(' and [a].\n\nThree'))
      const texts = renders.map(({ text }) => text)
      const discarded = texts.findIndex((text) => text.includes('Later'))
      expect(discarded).toBeGreaterThan(0)
      expect(texts.slice(discarded)).toContain('One\n\nTwo and [a].\n\nThree')
      expect(container.textContent).toBe('One\n\nTwo and [a].\n\nThree')

      hasLoaded = true
      await act(async () => load())
      expect(container.textContent).toContain('Later')
      expectOwnBlocks()
    })

    test('when two texts alternate, one of them deferred', async () => {
      function Answer({ text }: { text: string }) {
        const deferred = useDeferredValue(text)
        return <Blocks text={deferred} />
      }
      const { container, rerender } = render(page(<Answer text="" />))
      let text = ''
      for (const piece of ['One\n', '\nTwo [a]', '.\n\n', '# Three\n', '[a]: /url\n\n', 'Four']) {
        text += piece
        await act(async () => rerender(page(<Answer text={text} />)))
        await act(async () => rerender(page(<Answer text={`Another\n\n${text}`} />)))
      }
      expect(container.textContent).toContain('Another')
      expect(new Set(renders.map((each) => each.text)).size).toBe(13)
      expectOwnBlocks()
    })

    test('when its first render is discarded', async () => {
      let hasLoaded = false
      let load!: () => void
      const loaded = new Promise<void>((resolve) => (load = resolve))
      function Loads() {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- how a component suspends in both versions of React
        if (!hasLoaded) throw loaded
        return null
      }
      const tree = (text: string) =>
        page(
          <Suspense fallback="loading">
            <Blocks text={text} />
            <Loads />
          </Suspense>,
        )
      const { container, rerender } = render(tree('One\n\nT'))
      await act(async () => rerender(tree('One\n\nTwo\n\nTh')))
      expect(container.textContent).toBe('loading')
      hasLoaded = true
      await act(async () => load())
      expect(container.textContent).toBe('One\n\nTwo\n\nTh')
      expectOwnBlocks()
    })
  },
)
