import { isRecord, type JsonRecord } from '../json/json-record.ts'
import { parseJson } from '../json/parse-json.ts'

/** A value in the text of an event that may be another one in the next. */
export interface Place {
  readonly kind: 'id' | 'number' | 'string'
  /** Where its text begins, without quotes. */
  readonly start: number
  readonly text: string
  /** The object or list that it stands in, and under which key; none for the id. */
  readonly container: object | undefined
  readonly key: string | number
}

/** An object or list inside another one. */
interface Inner {
  readonly container: object
  readonly key: string | number
  readonly inner: object
}

/** The text of an event taken apart: its values, and the skeleton in which they stand. */
export interface EventShape {
  readonly raw: string
  readonly event: string | undefined
  readonly id: string | undefined
  readonly json: JsonRecord
  /** Where the data stands in `raw`. */
  readonly dataStart: number
  readonly dataEnd: number
  readonly places: readonly Place[]
  readonly inners: readonly Inner[]
  /** The text without the values. */
  readonly skeleton: string
}

/** Nesting beyond this is no shape that streams repeat. */
const deepest = 8

/** At most an `event` and an `id`, then one line of data that is an object, then the blank line. */
const repeatable =
  /^((?:(?:event|id):[^\r\n]*(?:\r\n?|\n)){0,2}data: ?)(\{[^\r\n]*)(?:\r\n?|\n){2}$/

/** The next part of JSON text: punctuation, a string, a number, or a word. */
const nextPart = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d[^\s,\]}]*)|true|false|null)/y

/**
 * Takes an event apart; `undefined` for one that is not of the kind that streams repeat.
 *
 * @param raw its text, from its first field to its blank line
 */
export function shapeOf(raw: string): EventShape | undefined {
  const [, head, data] = repeatable.exec(raw) ?? []
  if (head === undefined || data === undefined) return undefined
  // Parsed once more: what the app was given is the app's to change.
  const json = parseJson(data)
  if (!isRecord(json)) return undefined
  const fields = [...head.matchAll(/^(event|id):( ?)([^\r\n]*)/gm)]
  const [event, id] = ['event', 'id'].map((name) => fields.filter((field) => field[1] === name))
  // The last of several would count.
  if ((event?.length ?? 0) > 1 || (id?.length ?? 0) > 1) return undefined
  const places: Place[] = []
  const idField = id?.[0]
  if (idField) {
    // Without the space, an id that begins with one would lose it.
    if (!idField[2]) return undefined
    const text = idField[3] as string
    if (text.includes('\0')) return undefined
    places.push({
      kind: 'id',
      start: idField.index + 'id: '.length,
      text,
      container: undefined,
      key: '',
    })
  }
  const inners = readPlaces(data, head.length, json, places)
  if (!inners) return undefined
  return {
    raw,
    event: event?.[0]?.[3] || undefined,
    id: idField?.[3],
    json,
    dataStart: head.length,
    dataEnd: head.length + data.length,
    places,
    inners,
    skeleton: skeletonOf(raw, places),
  }
}

/** Adds the strings and numbers of JSON text to `places`; answers its nested containers. */
function readPlaces(
  data: string,
  offset: number,
  root: JsonRecord,
  places: Place[],
): Inner[] | undefined {
  const inners: Inner[] = []
  const open: { container: object; key: string | number; keys: number }[] = []
  let isKey = false
  nextPart.lastIndex = 0
  for (let part = nextPart.exec(data); part; part = nextPart.exec(data)) {
    const [, mark, text, number] = part
    const inside = open.at(-1)
    if (mark === '{' || mark === '[') {
      const inner = inside ? valueIn(inside.container, inside.key) : root
      if (typeof inner !== 'object' || inner === null || open.length >= deepest) return undefined
      if (inside) inners.push({ container: inside.container, key: inside.key, inner })
      open.push({ container: inner, key: 0, keys: 0 })
      isKey = mark === '{'
    } else if (!inside) {
      return undefined
    } else if (mark === '}' || mark === ']') {
      // Of a key that comes twice, the last one counts.
      if (mark === '}' && inside.keys !== Object.keys(inside.container).length) return undefined
      open.pop()
      isKey = false
    } else if (mark === ',') {
      isKey = !Array.isArray(inside.container)
      if (!isKey) inside.key = (inside.key as number) + 1
    } else if (mark === ':') {
      isKey = false
    } else if (isKey) {
      inside.key = parseJson(text ?? '') as string
      inside.keys++
    } else if (text !== undefined || number !== undefined) {
      const value = text === undefined ? (number ?? '') : text.slice(1, -1)
      places.push({
        kind: text === undefined ? 'number' : 'string',
        start: offset + nextPart.lastIndex - value.length - (text === undefined ? 0 : 1),
        text: value,
        container: inside.container,
        key: inside.key,
      })
    }
  }
  return inners
}

function valueIn(container: object, key: string | number): unknown {
  return (container as Record<string | number, unknown>)[key]
}

function skeletonOf(raw: string, places: readonly Place[]): string {
  let skeleton = ''
  let end = 0
  for (const { kind, start, text } of places) {
    // No text of an event holds a line end followed by a name.
    skeleton += `${raw.slice(end, start)}\n${kind}`
    end = start + text.length
  }
  return skeleton + raw.slice(end)
}
