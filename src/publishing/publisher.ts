import type { Clock } from './clock.ts'
import { frameClock } from './frame.ts'
import { cancelTick, tickClock } from './tick.ts'

/**
 * When subscribers are notified: at most once per animation frame, after every event (`'sync'`, for
 * tests and work outside the page), or at most once per interval in milliseconds, which all completions
 * of the page share. The first content and every settled state are always published immediately.
 *
 * While the page is visible, a response from the network is read right before it is published: once a frame,
 * or every 50 ms if the interval is longer. So what has arrived, the end included, is noticed at most 50 ms
 * later. Where frames do not come, and with `'sync'` or `onEvent`, a response is read as it arrives.
 */
export type PublishMode = 'frame' | 'sync' | { every: number }

/** Decides when a change is published, and when it is time to read more. */
export interface Publisher {
  /** Something changed. Publishes it when the mode says so. */
  changed(mode: PublishMode): void
  /** Publishes now, and cancels what was planned. */
  flush(): void
  /**
   * Resolves when it is time to read what has arrived since, just before it is published: the network
   * wakes the page for every chunk, many times per frame. `undefined` where nobody would see a difference,
   * and until a beat of the clock has published: read on at once.
   */
  untilPublishing(mode: PublishMode): Promise<void> | undefined
}

/** How long the end of a stream may go unnoticed, in milliseconds. */
const longestRest = 50

/** @returns the clock of a mode, if it has one */
function clockOf(mode: PublishMode, longest = Infinity): Clock | undefined {
  if (mode === 'sync') return undefined
  if (mode === 'frame' || !(mode.every >= 0)) return frameClock
  const every = Math.min(mode.every, longest)
  // A timer with a longer delay would fire immediately.
  return every < 2 ** 31 ? tickClock(every) : undefined
}

export function createPublisher(publish: () => void): Publisher {
  /** The clock that has published last, if the last publishing was not an immediate one. */
  let lastBeat: Clock | undefined
  let clock: Clock | undefined

  function cancel() {
    frameClock.cancel(beat)
    cancelTick(beat)
  }

  function beat() {
    cancel()
    lastBeat = clock
    publish()
  }

  function flush() {
    cancel()
    lastBeat = undefined
    publish()
  }

  return {
    changed(mode) {
      clock = clockOf(mode)
      if (mode === 'sync') flush()
      else clock?.request(beat)
    },
    flush,
    untilPublishing(mode) {
      const isVisible = typeof document !== 'undefined' && document.visibilityState === 'visible'
      // Frames may stop at any time without notice.
      return isVisible && lastBeat?.isSteady ? clockOf(mode, longestRest)?.next() : undefined
    },
  }
}
