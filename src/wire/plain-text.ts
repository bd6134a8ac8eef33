import { eventTooLong, type Framer, type FramerOptions } from './framer.ts'

/** Text as it comes: every stretch that arrives is an event. */
export function createTextFramer({ onEvent, maxEventLength }: FramerOptions): Framer {
  return {
    push(data) {
      if (data.length > maxEventLength) throw eventTooLong(maxEventLength)
      if (data !== '') onEvent({ event: undefined, id: undefined, data, json: undefined })
    },
    end() {
      // Nothing is held.
    },
  }
}
