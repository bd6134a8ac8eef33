import { act, cleanup, render } from '@testing-library/react'
import fc from 'fast-check'
import { StrictMode, useEffect } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { useSmoothText, type SmoothText, type UseSmoothTextOptions } from '../../src/index.ts'
import { setPageVisibility } from '../client/support/hide-page.ts'
import { stubFrames, type StubbedFrames } from '../client/support/stub-frames.ts'
import { failOnReactWarnings } from './support/react-checks.ts'

failOnReactWarnings()
afterEach(() => vi.unstubAllGlobals())

let smooth: SmoothText
function Answer({ text, ...options }: { text: string } & UseSmoothTextOptions) {
  const current = useSmoothText(text, options)
  useEffect(() => {
    smooth = current
  })
  return <p>{current.text}</p>
}

/** Frames and a clock that the test controls. */
function screen() {
  const frames = stubFrames()
  let now = 1000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return {
    frames,
    /** Advances the clock between two frames. */
    wait: (milliseconds: number) => void (now += milliseconds),
    /** Draws a frame after some milliseconds. */
    draw: (milliseconds = 16) => {
      now += milliseconds
      act(() => frames.draw())
      return smooth.text
    },
  }
}

const waiting = (frames: StubbedFrames) => frames.waiting + vi.getTimerCount()

test('a burst appears at an even pace and within the delay', () => {
  const { draw } = screen()
  const { rerender } = render(<Answer text="" maxDelay={100} />)
  rerender(<Answer text={'x'.repeat(101)} maxDelay={100} />)
  expect(smooth).toEqual({ text: '', caughtUp: false })
  const lengths = [20, 20, 20, 20, 20].map((milliseconds) => draw(milliseconds).length)
  // The last grapheme may still grow.
  expect(lengths).toEqual([20, 40, 60, 80, 100])
})

test('text that arrives between two frames does not shorten the time of earlier text', () => {
  const { draw, wait } = screen()
  const { rerender } = render(<Answer text="" maxDelay={100} />)
  rerender(<Answer text={'x'.repeat(101)} maxDelay={100} />)
  expect(draw(20)).toHaveLength(20)
  wait(10)
  rerender(<Answer text={'x'.repeat(102)} maxDelay={100} />)
  expect(draw(10)).toHaveLength(40)
})

test('text that arrives later does not delay earlier text', () => {
  const { draw } = screen()
  const { rerender } = render(<Answer text="" maxDelay={100} />)
  let text = ''
  const arrived: number[] = []
  for (let frame = 0; frame < 40; frame++) {
    text += 'x'.repeat(frame % 7 === 0 ? 50 : frame % 3)
    arrived.push(text.length)
    rerender(<Answer text={text} maxDelay={100} />)
    const shown = draw(10).length
    if (frame >= 10) expect(shown).toBeGreaterThanOrEqual(arrived[frame - 10]! - 1)
  }
})

test('at the end, the last grapheme is shown within the delay, and caughtUp is true', () => {
  const { draw, frames } = screen()
  const { rerender } = render(<Answer text="" maxDelay={100} />)
  rerender(<Answer text="Hello" maxDelay={100} />)
  expect(draw(100)).toBe('Hell')
  expect(waiting(frames)).toBe(0)
  rerender(<Answer text="Hello" maxDelay={100} ended />)
  expect(smooth.caughtUp).toBe(false)
  expect(draw()).toBe('Hello')
  expect(smooth.caughtUp).toBe(true)
})

test('requests no frames when it has caught up', () => {
  const { draw, frames } = screen()
  const { rerender } = render(<Answer text="" />)
  rerender(<Answer text="Hello" ended />)
  draw(300)
  const { asked } = frames
  const before = smooth
  rerender(<Answer text="Hello" ended />)
  expect(smooth).toBe(before)
  expect(frames.asked).toBe(asked)
  expect(waiting(frames)).toBe(0)
})

test('text of the first render, and text that replaces it, is shown immediately', () => {
  const { draw, frames } = screen()
  const { rerender } = render(<Answer text="Hello" />)
  expect(smooth).toEqual({ text: 'Hello', caughtUp: true })
  rerender(<Answer text="Another text" />)
  expect(smooth).toEqual({ text: 'Another text', caughtUp: true })
  expect(waiting(frames)).toBe(0)
  rerender(<Answer text="Another text goes on" ended />)
  expect(smooth.text).toBe('Another text')
  expect(draw(300)).toBe('Another text goes on')
})

test('a hidden page receives all text without frames', () => {
  const { draw, frames } = screen()
  const { rerender } = render(<Answer text="" />)
  rerender(<Answer text="Hello" />)
  act(() => setPageVisibility('hidden'))
  act(() => void vi.advanceTimersByTime(250))
  expect(smooth).toEqual({ text: 'Hello', caughtUp: true })
  rerender(<Answer text="Hello, you" />)
  expect(smooth.text).toBe('Hello, you')
  expect(waiting(frames)).toBe(0)

  act(() => setPageVisibility('visible'))
  rerender(<Answer text="Hello, you there" ended />)
  rerender(<Answer text="Hello, you there again" ended />)
  expect(smooth.text).toBe('Hello, you there')
  expect(draw(300)).toBe('Hello, you there again')
})

test('reduced motion shows the whole text immediately, even when it is turned on during a stream', () => {
  const { draw, frames } = screen()
  let matches = false
  vi.stubGlobal('matchMedia', () => ({ matches }))
  const { rerender } = render(<Answer text="" />)
  rerender(<Answer text="Hello" />)
  matches = true
  expect(draw()).toBe('Hello')
  rerender(<Answer text="Hello, you" />)
  expect(smooth).toEqual({ text: 'Hello, you', caughtUp: true })
  expect(waiting(frames)).toBe(0)
})

test('it paces in StrictMode too, and an unmount leaves no frame', () => {
  const { draw, frames } = screen()
  const page = (text: string) => (
    <StrictMode>
      <Answer text={text} />
    </StrictMode>
  )
  const { rerender, unmount } = render(page(''))
  rerender(page('Hello'))
  expect(draw(200).length).toBeGreaterThan(0)
  expect(waiting(frames)).toBeGreaterThan(0)
  unmount()
  expect(waiting(frames)).toBe(0)
})

test('an endless grapheme has linear cost', () => {
  const { draw } = screen()
  const { prototype } = Intl.Segmenter
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the segmenter
  const { segment } = prototype
  let read = 0
  vi.spyOn(prototype, 'segment').mockImplementation(function (this: Intl.Segmenter, input) {
    read += input.length
    return segment.call(this, input)
  })
  const { rerender } = render(<Answer text="" maxDelay={10} />)
  const text = `a${'\u0301'.repeat(4000)}`
  for (let length = 20; length < text.length; length += 20) {
    rerender(<Answer text={text.slice(0, length)} maxDelay={10} />)
    expect(draw(10)).toBe('')
  }
  expect(read / text.length).toBeLessThan(5)
  rerender(<Answer text={text} maxDelay={10} ended />)
  expect(draw(10)).toBe(text)
})

test('half a surrogate pair does not end the previous grapheme', () => {
  const { draw } = screen()
  const { rerender } = render(<Answer text="" maxDelay={100} />)
  const thumb = '👍🏽'
  rerender(<Answer text={thumb.slice(0, 3)} maxDelay={100} />)
  expect(draw(100)).toBe('')
  rerender(<Answer text={`${thumb}!`} maxDelay={100} />)
  expect(draw(100)).toBe(thumb)
})

test('the server renders the whole text', () => {
  expect(renderToString(<Answer text="Hello" />)).toBe('<p>Hello</p>')
})

const clusters = [
  'a',
  'é',
  'e\u0301',
  '🇩🇪',
  '🇫🇷',
  '👩‍👩‍👧‍👦',
  '👍🏽',
  '🏽',
  '\r\n',
  '\u200d',
  '한',
  'ᄒ',
  'ᅡ',
  'क्षि',
  '😀',
]

test.each(['graphemes', 'code points'])(
  'never shows a part of %s',
  (unit) => {
    const isGrapheme = unit === 'graphemes'
    const ends = (text: string) => {
      const parts = isGrapheme
        ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
        : Array.from(text)
      let end = 0
      return new Set([0, ...parts.map((part) => (end += part.length))])
    }
    const { draw } = screen()
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...clusters), { maxLength: 30 }).map((all) => all.join('')),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 90 })), {
          maxLength: 30,
        }),
        (text, deltas) => {
          const allowed = ends(text)
          const { Segmenter } = Intl
          if (!isGrapheme) Reflect.deleteProperty(Intl, 'Segmenter')
          const { rerender } = render(<Answer text="" maxDelay={100} />)
          let length = 0
          let shown = 0
          for (const [size, milliseconds] of deltas) {
            length = Math.min(text.length, length + size)
            rerender(<Answer text={text.slice(0, length)} maxDelay={100} />)
            const now = draw(milliseconds)
            expect(text.startsWith(now)).toBe(true)
            expect(allowed).toContain(now.length)
            expect(now.length).toBeGreaterThanOrEqual(shown)
            shown = now.length
          }
          rerender(<Answer text={text} maxDelay={100} ended />)
          draw(50)
          expect(draw(50)).toBe(text)
          cleanup()
          Object.assign(Intl, { Segmenter })
        },
      ),
      { numRuns: 50 },
    )
  },
  60_000,
)
