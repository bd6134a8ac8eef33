import { cancelFrame, requestFrame } from './frame.ts'
import type { PublishMode } from '../run/options.ts'

/** Decides when a change is published. */
export interface Publisher {
  /** Something changed: publish it when the mode says. */
  changed(mode: PublishMode): void
  /** Publish now, and take back what was planned. */
  flush(): void
  /** Take back what was planned. */
  cancel(): void
}

export function createPublisher(publish: () => void): Publisher {
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush() {
    cancel()
    publish()
  }

  function cancel() {
    cancelFrame(flush)
    clearTimeout(timer)
    timer = undefined
  }

  return {
    changed(mode) {
      if (mode === 'sync') flush()
      else if (mode === 'frame') requestFrame(flush)
      else timer ??= setTimeout(flush, mode.every)
    },
    flush,
    cancel,
  }
}
