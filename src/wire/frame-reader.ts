import { parseJson } from '../json/parse-json.ts'
import { endOfValue, frameOf, type EventFrame } from './event-frame.ts'
import type { FramerOptions } from './framer.ts'
import type { Repetition } from './repetition.ts'
import type { WireEvent } from './wire-event.ts'

/** After so many events in a row that no frame fitted, learning is tried less and less often. */
const patience = 8

/** The longest event that is worth a frame, in UTF-16 code units. */
const longestFrame = 4096

/**
 * Reads the server-sent events of which nearly every stream is made: those that say that a text goes on,
 * and equal the event before in all else. Their frame is learned from an event that was parsed in full,
 * and each further event is verified against it, every character of it. Its text is then appended
 * without parsing the rest.
 */
export function createFrameReader({ maxEventLength, repetition }: FramerOptions) {
  let frame: EventFrame | undefined
  /** The event after which nothing but events that fit the frame have come. */
  let last: WireEvent | undefined
  let current: Repetition | undefined
  let misses = 0
  let skips = 0

  return {
    /** More has arrived: what the app asks for may have changed since. */
    resume(): void {
      current = last && repetition?.(last)
    },

    /** An event is read in full: those that follow it may mean something else. */
    forget(): void {
      last = current = undefined
    },

    /** Reads the events that fit the frame, from where an event begins. Answers where it stopped. */
    read(text: string, start: number): number {
      if (!current || !frame) return start
      const { pattern, textStart } = frame
      // As it stands in the JSON of the events, escapes and all.
      let grown = ''
      let events = 0
      for (; ; events++) {
        pattern.lastIndex = start
        if (!pattern.test(text)) break
        const end = pattern.lastIndex
        const from = textStart(text, start)
        const to = endOfValue(text, from)
        // An empty text may mean something else.
        if (to === from || end - start > maxEventLength) break
        if (grown.length + to - from > current.room) break
        grown += text.slice(from, to)
        start = end
      }
      if (events > 0) {
        misses = 0
        current.append(parseJson(`"${grown}"`) as string, events)
      }
      return start
    },

    /**
     * Takes an event that was parsed in full for the frame of those to come.
     *
     * @param raw the event, from its first field to its blank line
     */
    learn(raw: string, event: WireEvent): void {
      if (raw.length > longestFrame || skips-- > 0) return
      const next = repetition?.(event)
      if (!next) return
      if (frame) frame.pattern.lastIndex = 0
      if (!frame?.pattern.test(raw) || frame.pattern.lastIndex < raw.length) {
        misses++
        // From then on, each failure doubles the number of events that pass without a try.
        skips = misses > patience ? 2 ** Math.min(misses - patience, 10) : 0
        frame = frameOf(raw, event.data, next)
      }
      last = event
      current = next
    },
  }
}
