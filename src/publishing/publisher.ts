import { cancelFrame, requestFrame } from './frame.ts'
import { cancelTick, requestTick } from './tick.ts'

/**
 * When subscribers are told: at most once a frame of the screen, after every event (`'sync'`, for
 * tests and for work off the page), or at most once in so many milliseconds, counted for all
 * completions of the page together. The first content and
 * every settled state are published at once, whatever this says.
 */
export type PublishMode = 'frame' | 'sync' | { every: number }

/** Decides when a change is published. */
export interface Publisher {
  /** Something changed: publish it when the mode says. */
  changed(mode: PublishMode): void
  /** Publish now, and take back what was planned. */
  flush(): void
}

export function createPublisher(publish: () => void): Publisher {
  function flush() {
    cancelFrame(flush)
    cancelTick(flush)
    publish()
  }

  return {
    changed(mode) {
      if (mode === 'sync') flush()
      else if (mode === 'frame' || !(mode.every >= 0)) requestFrame(flush)
      // A timer that is set for longer fires at once.
      else if (mode.every < 2 ** 31) requestTick(mode.every, flush)
    },
    flush,
  }
}
