import { cancelFrame, requestFrame } from './frame.ts'
import { cancelTick, requestTick } from './tick.ts'

/**
 * When subscribers are notified: at most once per animation frame, after every event (`'sync'`, for
 * tests and work outside the page), or at most once per interval in milliseconds, which all completions
 * of the page share. The first content and every settled state are always published immediately.
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
      // A timer with a longer delay would fire immediately.
      else if (mode.every < 2 ** 31) requestTick(mode.every, flush)
    },
    flush,
  }
}
