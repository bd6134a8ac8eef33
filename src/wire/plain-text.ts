import type { Framer, FramerOptions } from './framer.ts'

/**
 * Text as it comes: every stretch that arrives is an event. None is too long, for how long they are is
 * up to the network.
 */
export function createTextFramer({ onEvent }: FramerOptions): Framer {
  return {
    push(data) {
      if (data !== '') onEvent({ event: undefined, id: undefined, data, json: undefined })
    },
    end() {
      // Nothing is held.
    },
  }
}
