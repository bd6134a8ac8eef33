import { useEffect, useMemo, useState } from 'react'
import { cancelFrame, requestFrame } from '../publishing/frame.ts'
import { isContinuation } from '../text/is-continuation.ts'
import { createPace } from '../text/pace.ts'

/** The options of {@link useSmoothText}. */
export interface UseSmoothTextOptions {
  /**
   * Whether no more text comes. Then the last grapheme is shown as well, which until then may still
   * grow. Default: `false`.
   */
  ended?: boolean | undefined
  /**
   * How long text may wait until it is shown, in milliseconds; so also how long after the end the
   * last of it is shown. The longer, the smoother. Default: 300.
   */
  maxDelay?: number | undefined
}

/** What {@link useSmoothText} returns; the same object as long as nothing changed. */
export interface SmoothText {
  /** The beginning of the text that is to be shown now; it ends with a whole grapheme. */
  readonly text: string
  /**
   * Whether that is all of the text. While the text grows, it hardly ever is. A cursor can go when
   * the text has ended and this is true.
   */
  readonly caughtUp: boolean
}

interface Shown {
  /** The text of which this is shown: another one is not a continuation. */
  text: string
  /** How many code units; infinitely many while nothing is held back. */
  length: number
}

const isInstant = (): boolean =>
  // React Native has no document.
  (typeof document !== 'undefined' && document.visibilityState === 'hidden') ||
  (typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches)

/**
 * Paces a text that grows, so that it appears evenly however unevenly it arrives. Never shows a part
 * of a grapheme (an emoji, a letter with its marks), and nothing later than `maxDelay` after it came.
 *
 * Text that is there at the first render is shown at once: on the server, and for answers of before.
 * So is text that replaces the last one instead of going on with it, and all text while the page is
 * hidden or the user prefers reduced motion. When it has caught up, it asks for no frames.
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
    if (length === Infinity) cancelFrame(advance)
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
    if (pace.isBehind) requestFrame(advance)
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
      if (pace.isBehind) requestFrame(advance)
    },
    stop: () => cancelFrame(advance),
  }
}
