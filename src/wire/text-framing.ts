import type { Framer, FramerOptions } from './framer.ts'
import { textEvent } from './wire-event.ts'

/** Text as it arrives: every piece is an event. Its length has no limit, as it depends on the network. */
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
