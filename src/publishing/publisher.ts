import { frameClock } from './frame.ts'
import { cancelTick, tickClock } from './tick.ts'

/**
 * When subscribers are notified: at most once per animation frame, after every event (`'sync'`, for
 * tests and work outside the page), or at most once per interval in milliseconds, which all completions
 * of the page share. The first content and every settled state are always published immediately.
 *
 * While the page is visible, a response from the network is read right before it is published: once a frame,
 * or at least every 50 ms with an interval. If a visible page gets no frames, its text and its end are read
 * up to about half a second late. With `'sync'` or `onEvent` a response is read as it arrives.
 */
export type PublishMode = 'frame' | 'sync' | { every: number }

/** Decides when a change is published. */
export interface Publisher {
  /** Something changed. Publishes it when the mode says so. */
  changed(mode: PublishMode): void
  /** Publishes now, and cancels what was planned. */
  flush(): void
}

export function createPublisher(publish: () => void): Publisher {
  function flush() {
    frameClock.cancel(flush)
    cancelTick(flush)
    publish()
  }

  return {
    changed(mode) {
      if (mode === 'sync') flush()
      else if (mode === 'frame' || !(mode.every >= 0)) frameClock.request(flush)
      // A timer with a longer delay would fire immediately.
      else if (mode.every < 2 ** 31) tickClock(mode.every).request(flush)
    },
    flush,
  }
}

/** How long the end of a stream may go unnoticed, in milliseconds. */
const longestRest = 50

/**
 * Resolves when it is time to read what has arrived since, just before it is published: the network
 * wakes the page for every chunk, many times per frame. `undefined` where nobody would see a difference
 * or frames may not come: read on at once.
 */
export function untilPublishing(mode: PublishMode): Promise<void> | undefined {
  const isVisible = typeof document !== 'undefined' && document.visibilityState === 'visible'
  if (mode === 'sync' || !isVisible) return undefined
  return mode === 'frame' || !(mode.every >= 0)
    ? frameClock.next()
    : tickClock(Math.min(mode.every, longestRest)).next()
}
