import type { Framer, FramerOptions } from './framer.ts'
import { textEvent } from './wire-event.ts'

/** Text as it arrives: every piece is an event. The length is not limited, because it depends on the network. */
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
