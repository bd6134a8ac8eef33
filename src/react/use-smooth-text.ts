import { useEffect, useMemo, useState } from 'react'
import { frameClock } from '../publishing/frame.ts'
import { isContinuation } from '../text/is-continuation.ts'
import { createPace } from '../text/pace.ts'

/** The options of {@link useSmoothText}. */
export interface UseSmoothTextOptions {
  /**
   * Whether the text is complete. Until then, the last grapheme may still grow and is held back.
   * Default: `false`.
   */
  ended?: boolean | undefined
  /**
   * The maximum delay until text is shown, in milliseconds, also for the end of the text. A longer delay
   * is smoother. Default: 300.
   */
  maxDelay?: number | undefined
}

/** The result of {@link useSmoothText}: the same object until something changes. */
export interface SmoothText {
  /** The part of the text to show now. It ends with a whole grapheme. */
  readonly text: string
  /**
   * Whether this is the whole text. It is rarely `true` while the text grows. Hide a cursor when the text
   * has ended and this is `true`.
   */
  readonly caughtUp: boolean
}

interface Shown {
  /** The text that is shown. A text that does not continue it replaces it. */
  text: string
  /** How many code units are shown; infinite while nothing is held back. */
  length: number
}

const isInstant = (): boolean =>
  // React Native has no document.
  (typeof document !== 'undefined' && document.visibilityState === 'hidden') ||
  (typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches)

/**
 * Paces a growing text, so that it appears evenly even if it arrives in bursts. It never shows a part of a
 * grapheme (an emoji, a letter with its marks), and shows text at most `maxDelay` after it arrived.
 *
 * Text that exists at the first render is shown immediately. So is text that replaces the previous text, and
 * all text while the page is hidden or if the user prefers reduced motion. Once it has caught up, it
 * requests no frames.
 *
 * @example
 * const { text, status } = useStreamingCompletion({ url: '/api/completion' })
 * const ended = !isRunning({ status })
 * const smooth = useSmoothText(text, { ended })
 * return <p>{smooth.text}{ended && smooth.caughtUp ? null : <Cursor />}</p>
 */
export function useSmoothText(
  text: string,
  { ended = false, maxDelay = 300 }: UseSmoothTextOptions = {},
): SmoothText {
  const [shown, setShown] = useState<Shown>({ text, length: text.length })
  const [smoother] = useState(() => createSmoother(shown, setShown))
  useEffect(() => smoother.update(text, ended, maxDelay), [smoother, text, ended, maxDelay])
  useEffect(() => smoother.stop, [smoother])

  const visible = isContinuation(text, shown.text) ? text.slice(0, shown.length) : text
  const caughtUp = visible.length === text.length
  return useMemo(() => ({ text: visible, caughtUp }), [visible, caughtUp])
}

function createSmoother(shown: Shown, setShown: (shown: Shown) => void) {
  let { text } = shown
  let pace = createPace(shown.length)

  function show(length: number) {
    if (length === Infinity) frameClock.cancel(advance)
    if (length === shown.length && isContinuation(text, shown.text)) return
    shown = { text, length }
    setShown(shown)
  }

  function advance() {
    if (isInstant()) {
      show(Infinity)
      return
    }
    pace.advance(performance.now())
    show(pace.shown)
    if (pace.isBehind) frameClock.request(advance)
  }

  return {
    update(next: string, ended: boolean, maxDelay: number) {
      const isShown = !isContinuation(next, text) || shown.length === Infinity
      text = next
      if (isInstant()) {
        show(Infinity)
        return
      }
      if (isShown) {
        pace = createPace(text.length)
        show(text.length)
      }
      const now = performance.now()
      pace.feed(text, ended, now, now + maxDelay)
      if (pace.isBehind) frameClock.request(advance)
    },
    stop: () => frameClock.cancel(advance),
  }
}
