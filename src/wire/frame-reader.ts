import { frameOf, type EventFrame } from './event-frame.ts'
import { shapeOf, type EventShape } from './event-shape.ts'
import type { FramerOptions } from './framer.ts'

/** After so many events in a row that no frame fitted, learning is tried less and less often. */
const patience = 8

/** The longest event that is worth a frame, in UTF-16 code units. */
const longestFrame = 4096

/**
 * Reads the server-sent events of which nearly every stream is made: those that differ from the event
 * before only in the values of a few strings and numbers. Their frame is learned from events that were
 * parsed in full, and each further event is verified against it, every character of it. What it means is
 * then known without parsing it: equal to what `JSON.parse` gives, and made anew each time.
 */
export function createFrameReader({ maxEventLength, onEvent }: FramerOptions) {
  let frame: EventFrame | undefined
  let last: EventShape | undefined
  let misses = 0
  let skips = 0

  return {
    /** Reads the events that fit the frame, from where an event begins. Answers where it stopped. */
    read(text: string, start: number): number {
      while (frame) {
        const { pattern, eventAt } = frame
        pattern.lastIndex = start
        if (!pattern.test(text)) break
        const end = pattern.lastIndex
        if (end - start > maxEventLength) break
        misses = 0
        onEvent(eventAt(text, start, end))
        start = end
      }
      return start
    },

    /** Takes an event that was parsed in full for the frame of those to come. */
    learn(raw: string): void {
      if (raw.length > longestFrame || skips-- > 0) return
      misses++
      // From then on, each failure doubles the number of events that pass without a try.
      skips = misses > patience ? 2 ** Math.min(misses - patience, 10) : 0
      const shape = shapeOf(raw)
      if (!shape) return
      frame =
        (frame && frameOf(shape, frame.shape, frame.varying)) ??
        (last && frameOf(shape, last)) ??
        frame
      last = shape
    },
  }
}
