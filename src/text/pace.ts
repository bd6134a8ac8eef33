import { graphemeEnd } from './graphemes.ts'

/** Decides how much of a growing text to show over time, in code units. */
export interface Pace {
  /** The length that is shown; always the end of a grapheme. */
  readonly shown: number
  /** Whether text is waiting to be shown. */
  readonly isBehind: boolean
  /** Sets the current text, which has to be shown by `due`. */
  feed(text: string, ended: boolean, now: number, due: number): void
  /** Shows the text that is due. */
  advance(now: number): void
}

/** From this length on, a grapheme is scanned again only when its length may have doubled. */
const longGrapheme = 64

/**
 * Shows text at an even pace, and each piece before it is due. The piece with the tightest deadline sets the
 * pace. A burst is spread over the time until it is due, and a steady stream keeps its rate.
 */
export function createPace(shown: number): Pace {
  let text = ''
  let hasEnded = false
  /** The position of the pacing; unlike the shown length, it may be inside a grapheme. */
  let position = shown
  let time = 0
  let pieces: { end: number; due: number }[] = []
  /** The next grapheme probably ends no earlier than here. Keeps the cost of a long grapheme linear. */
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
