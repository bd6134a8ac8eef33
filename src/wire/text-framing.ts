import type { Framer, FramerOptions } from './framer.ts'
import { textEvent } from './wire-event.ts'

/**
 * Text as it comes: every stretch that arrives is an event. None is too long, for how long they are is
 * up to the network.
 */
export function createTextFramer({ onEvent }: FramerOptions): Framer {
  return {
    push(data) {
      if (data !== '') onEvent(textEvent(data, undefined))
    },
    end() {
      // Nothing is held.
    },
  }
}
