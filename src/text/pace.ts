import { graphemeEnd } from './graphemes.ts'

/** How much of a growing text is to be shown, in code units, as time goes on. */
export interface Pace {
  /** What is shown; always the end of a grapheme. */
  readonly shown: number
  /** Whether there is something to show that only waits for its time. */
  readonly isBehind: boolean
  /** Takes in the text of now, which is to be shown at `due`. */
  feed(text: string, ended: boolean, now: number, due: number): void
  /** Shows what is due. */
  advance(now: number): void
}

/** The length from which a grapheme is looked through again only when it may have doubled. */
const longGrapheme = 64

/**
 * Shows a text evenly, but each piece of it before it is due: as fast as the piece that is most
 * pressed needs. A burst is spread over the time until it is due, and a steady stream keeps its rate.
 */
export function createPace(shown: number): Pace {
  let text = ''
  let hasEnded = false
  /** Runs ahead of what is shown, through the middle of graphemes. */
  let position = shown
  let time = 0
  let pieces: { end: number; due: number }[] = []
  /** Not before here is the grapheme likely to end that comes next; keeps the cost of a long one linear. */
  let lookAt = 0

  return {
    get shown() {
      return shown
    },
    get isBehind() {
      return position < text.length || (hasEnded && shown < text.length)
    },
    feed(next, ended, now, due) {
      if (position >= text.length) time = now
      if (next.length > text.length) pieces.push({ end: next.length, due })
      text = next
      hasEnded = ended
    },
    advance(now) {
      const start = position
      for (const { end, due } of pieces) {
        const share = now < due ? (now - time) / (due - time) : 1
        position = Math.max(position, start + (end - start) * share)
      }
      time = now
      pieces = pieces.filter(({ end }) => end > position)

      const isLast = hasEnded && position >= text.length
      if (position < lookAt && !isLast) return
      const end = graphemeEnd(text, shown, Math.floor(position), hasEnded)
      lookAt = end > shown || position - shown < longGrapheme ? 0 : 2 * position - shown
      shown = end
    },
  }
}
