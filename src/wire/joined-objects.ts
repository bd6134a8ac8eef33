import { parseJson } from '../json/parse-json.ts'

/** Where an object may end and the next, or an end marker, begin. */
const boundary = /\}(?=\s*(?:\{|\[DONE\]))/g

/**
 * Splits JSON objects, and an end marker after them, that are separated by nothing but whitespace. A
 * boundary inside a string does not count: only complete objects are split off.
 *
 * @returns the objects, and what is left after them
 */
export function splitObjects(text: string): readonly [whole: readonly string[], rest: string] {
  const whole: string[] = []
  let start = 0
  for (const { index } of text.matchAll(boundary)) {
    const piece = text.slice(start, index + 1).trim()
    if (!piece.startsWith('{') || parseJson(piece) === undefined) continue
    whole.push(piece)
    start = index + 1
  }
  return [whole, text.slice(start).trim()]
}
