import { parseJson } from '../json/parse-json.ts'
import { valueAt } from '../json/value-at.ts'
import type { Repetition } from './repetition.ts'

/** The values that may vary: a whole number, or the content of a string, as written in JSON. */
const digits = '(?:0|[1-9]\\d{0,14})'
const characters =
  '[^"\\\\\\x00-\\x1f]*(?:\\\\(?:["\\\\/bfnrt]|u[\\da-fA-F]{4})[^"\\\\\\x00-\\x1f]*)*'

/** The text of an event, except for a few values that may vary. */
export interface EventFrame {
  /** Matches a whole event, character by character. */
  readonly pattern: RegExp
  /** Returns where the growing text begins in a matching event. */
  readonly textStart: (text: string, eventStart: number) => number
}

/** At most an `event` field, then one line of data, then the blank line; or a line of JSON. */
const repeatable =
  /^(?:event:[^\r\n]*(?:\r\n?|\n))?data: ?\{[^\r\n]*(?:\r\n?|\n){2}$|^\{[^\r\n]*\r?\n$/

/**
 * Creates the frame of all events that differ from this one only in the growing text and in ignored fields.
 * Returns `undefined` for an event of a kind that streams do not repeat.
 *
 * @param raw the event, from its first field to its blank line
 * @param data its data, which is JSON
 */
export function frameOf(
  raw: string,
  data: string,
  { text, ignored }: Repetition,
): EventFrame | undefined {
  const dataStart = raw.lastIndexOf(data)
  const grown = repeatable.test(raw) && holeOf(data, text)
  if (!grown) return undefined
  const holes = [grown]
  for (const name of ignored) {
    const hole = holeOf(data, [name])
    if (hole) holes.push(hole)
  }
  holes.sort((a, b) => a.start - b.start)

  let source = ''
  let end = 0
  /** For each hole up to the text: its distance from the previous one, and the character after it. */
  const gaps: number[] = []
  const stops: number[] = []
  for (const hole of holes) {
    const start = dataStart + hole.start
    if (hole.start <= grown.start) gaps.push(start - end)
    source += literal(raw.slice(end, start))
    end = dataStart + hole.end
    stops.push(raw.charCodeAt(end))
    source += raw[end] === '"' ? characters : digits
  }
  return {
    pattern: new RegExp(source + literal(raw.slice(end)), 'y'),
    textStart(all, eventStart) {
      let position = eventStart + (gaps[0] as number)
      for (let hole = 1; hole < gaps.length; hole++) {
        position = endOfValue(all, position, stops[hole - 1]) + (gaps[hole] as number)
      }
      return position
    },
  }
}

/** The end of a value that the pattern has verified: before `stop`, or before an unescaped quote. */
export function endOfValue(text: string, start: number, stop = 34): number {
  for (let code = text.charCodeAt(start); code !== stop; code = text.charCodeAt(start)) {
    start += code === 92 ? 2 : 1
  }
  return start
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/**
 * Finds the value at a path in JSON text, without its quotes. The same name may occur elsewhere, so a
 * position counts only if changing its text changes that value.
 */
function holeOf(
  data: string,
  path: Repetition['text'],
): { readonly start: number; readonly end: number } | undefined {
  const value = valueAt(parseJson(data), path)
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const field = new RegExp(
    `[{,]\\s*"${path.at(-1)}"\\s*:\\s*(?:"(${characters})"|(${digits}))(?=\\s*[,}])`,
    'g',
  )
  for (const { index, 0: all, 1: string, 2: number = '' } of data.matchAll(field)) {
    const end = index + all.length - (string === undefined ? 0 : 1)
    const start = end - (string ?? number).length
    const changed = valueAt(parseJson(`${data.slice(0, start)}1${data.slice(start)}`), path)
    if (typeof changed === typeof value && String(changed) === `1${value}`) return { start, end }
  }
  return undefined
}
