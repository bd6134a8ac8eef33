import type { Clock } from './clock.ts'
import { frameClock } from './frame.ts'
import { cancelTick, tickClock } from './tick.ts'

/**
 * When subscribers are notified: at most once per animation frame, after every event (`'sync'`, for
 * tests and work outside the page), or at most once per interval in milliseconds, which all completions
 * of the page share. The first content and every settled state are always published immediately.
 *
 * While the page is visible, a response from the network is read right before it is published: once per frame,
 * or every 50 ms if the interval is longer. Data, including the end of the response, is therefore noticed at
 * most 50 ms after it arrives. Without frames, and with `'sync'` or `onEvent`, a response is read as it arrives.
 */
export type PublishMode = 'frame' | 'sync' | { every: number }

/** Decides when to publish a change and when to read more. */
export interface Publisher {
  /** Call after a change. Publishes it when the mode allows. */
  changed(mode: PublishMode): void
  /** Publishes now and cancels the scheduled publish. */
  flush(): void
  /**
   * Resolves when it is time to read the data that has arrived, just before it is published. Reading each chunk
   * as it arrives would wake the page many times per frame. `undefined` means to read immediately: nobody would
   * see a difference, or no beat of the clock has published yet.
   */
  untilPublishing(mode: PublishMode): Promise<void> | undefined
}

/** How long the end of a stream may go unnoticed, in milliseconds. */
const longestRest = 50

/** Returns the clock of a mode, if it has one. */
function clockOf(mode: PublishMode, longest = Infinity): Clock | undefined {
  if (mode === 'sync') return undefined
  if (mode === 'frame' || !(mode.every >= 0)) return frameClock
  const every = Math.min(mode.every, longest)
  // A timer with a longer delay would fire immediately.
  return every < 2 ** 31 ? tickClock(every) : undefined
}

export function createPublisher(publish: () => void): Publisher {
  /** The clock that published last, unless the last publish was immediate. */
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
