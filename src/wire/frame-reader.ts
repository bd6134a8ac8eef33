import { parseJson } from '../json/parse-json.ts'
import { endOfValue, frameOf, type EventFrame } from './event-frame.ts'
import type { Repetition } from './repetition.ts'
import type { WireEvent } from './wire-event.ts'

/** After this many consecutive events that fit no frame, learning is tried less and less often. */
const patience = 8

/** The longest event that is worth a frame, in UTF-16 code units. */
const longestFrame = 4096

/** The fields that an event with a frame may begin with. Other fields may have a meaning by themselves. */
const repeatedFields = ['event:', 'data:']

const blankLine = /\n[\r\n]|\r\r/

export interface FrameReaderOptions {
  /** The longest event, in UTF-16 code units of its text. */
  maxEventLength: number
  /** Called right after an event. Returns what the next events may have in common with it. */
  repetition: (event: WireEvent) => Repetition | undefined
}

export type FrameReader = ReturnType<typeof createFrameReader>

/**
 * Reads the events that make up most of a stream: those that continue a text and are otherwise equal to
 * the event before. Their frame is learned from an event that was parsed in full. Every character of each
 * further event is verified against it, and its text is appended without parsing the rest.
 */
export function createFrameReader({ maxEventLength, repetition }: FrameReaderOptions) {
  let frame: EventFrame | undefined
  /** The last event that was parsed in full: only events that fit the frame have followed it. */
  let last: WireEvent | undefined
  let current: Repetition | undefined
  let misses = 0
  let skips = 0

  return {
    /** Called when more data has arrived. The app's options may have changed since. */
    resume(): void {
      current = last && repetition(last)
    },

    /** Called when an event is parsed in full. The events after it may have another meaning. */
    forget(): void {
      last = current = undefined
    },

    /** Reads events that fit the frame, from the start of an event on. Returns where it stopped. */
    read(text: string, start: number): number {
      if (!current || !frame) return start
      const { pattern, textStart } = frame
      // Still escaped, as in the JSON of the events.
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
     * Whether the text from `start` on may become an event that fits the frame, once the rest of it has
     * arrived: the piece that is read ends within the event.
     */
    isIncomplete(text: string, start: number): boolean {
      const length = text.length - start
      if (!current || length === 0 || length >= Math.min(longestFrame, maxEventLength)) return false
      const beginning = text.slice(start)
      return (
        repeatedFields.some((field) => field.startsWith(beginning.slice(0, field.length))) &&
        !blankLine.test(beginning)
      )
    },

    /**
     * Learns the frame of the next events from one that was parsed in full.
     *
     * @param raw the event, from its first field to its blank line
     */
    learn(raw: string, event: WireEvent): void {
      if (raw.length > longestFrame || skips-- > 0) return
      const next = repetition(event)
      if (!next) return
      if (frame) frame.pattern.lastIndex = 0
      if (!frame?.pattern.test(raw) || frame.pattern.lastIndex < raw.length) {
        misses++
        // After that, each failure doubles the number of events to skip.
        skips = misses > patience ? 2 ** Math.min(misses - patience, 10) : 0
        frame = frameOf(raw, event.data, next)
      }
      last = event
      current = next
    },
  }
}
