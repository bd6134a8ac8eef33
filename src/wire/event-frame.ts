import { parseJson } from '../json/parse-json.ts'
import type { EventShape, Place } from './event-shape.ts'
import type { WireEvent } from './wire-event.ts'

/** What may stand in a hole of each kind: exactly what `JSON.parse` takes, and any id. */
const holes = {
  id: '[^\\0\\r\\n]*',
  number: '(?:0|[1-9]\\d{0,14})',
  string: '[^"\\\\\\x00-\\x1f]*(?:\\\\(?:["\\\\/bfnrt]|u[\\da-fA-F]{4})[^"\\\\\\x00-\\x1f]*)*',
}

/** A container that is made anew for each event, and what is put into it. */
interface Copy {
  readonly of: object
  /** The value is another container, or the position among the values that vary. */
  readonly entries: [key: string | number, value: Copy | number][]
}

/**
 * What the events of a run have in common: all but the values of some strings and numbers. An event
 * that matches the pattern is equal to the one that was learned but for those values.
 */
export interface EventFrame {
  readonly shape: EventShape
  /** Which of the shape's values vary, in ascending order. */
  readonly varying: readonly number[]
  readonly pattern: RegExp
  /** The event that stands in a text, where the pattern has matched it. */
  readonly eventAt: (text: string, start: number, end: number) => WireEvent
}

/** The frame that an event has in common with another one; `undefined` where they differ in more. */
export function frameOf(
  shape: EventShape,
  other: EventShape,
  varyingBefore: readonly number[] = [],
): EventFrame | undefined {
  if (shape.skeleton !== other.skeleton) return undefined
  const varying = shape.places.flatMap((place, index) =>
    place.text !== other.places[index]?.text || varyingBefore.includes(index) ? [index] : [],
  )
  const places = varying.map((index) => shape.places[index] as Place)
  // Made here, and not once for all: a bundle that reads no stream would keep it.
  const number = new RegExp(`^${holes.number}$`)
  if (places.some(({ kind, text }) => kind === 'number' && !number.test(text))) return undefined
  return { shape, varying, pattern: patternOf(shape, places), eventAt: readerOf(shape, places) }
}

function patternOf({ raw }: EventShape, places: readonly Place[]): RegExp {
  let source = ''
  let end = 0
  for (const { kind, start, text } of places) {
    source += literal(raw.slice(end, start)) + holes[kind]
    end = start + text.length
  }
  return new RegExp(source + literal(raw.slice(end)), 'y')
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function readerOf(shape: EventShape, places: readonly Place[]): EventFrame['eventAt'] {
  const { event, id, dataStart, raw, dataEnd } = shape
  const tail = raw.length - dataEnd
  const root = copyOf(shape, places)
  // Where a hole begins, counted from the end of the one before.
  const gaps = places.map(({ start }, index) => {
    const before = places[index - 1]
    return before ? start - before.start - before.text.length : start
  })
  const values: unknown[] = places.map(() => undefined)
  const hasOwnId = places[0]?.kind === 'id'

  // The pattern has verified the text; captured groups would be a list and a string for each hole.
  return (text, start, end) => {
    let position = start
    let from = start + dataStart
    for (let index = 0; index < places.length; index++) {
      position += gaps[index] as number
      const first = position
      let isEscaped = false
      let number = 0
      let code = text.charCodeAt(position)
      switch ((places[index] as Place).kind) {
        case 'number':
          for (; code >= 48 && code <= 57; code = text.charCodeAt(++position)) {
            number = number * 10 + code - 48
          }
          values[index] = number
          break
        case 'string':
          for (; code !== 34; code = text.charCodeAt(++position)) {
            if (code === 92) {
              isEscaped = true
              position++
            }
          }
          values[index] = stringOf(text.slice(first, position), isEscaped)
          break
        case 'id':
          while (code !== 10 && code !== 13) code = text.charCodeAt(++position)
          values[index] = text.slice(first, position)
          // The id comes before the data.
          from += position - first - (id as string).length
      }
    }
    return {
      event,
      id: hasOwnId ? (values[0] as string) : id,
      data: text.slice(from, end - tail),
      json: make(root, values),
    }
  }
}

/** How to make the JSON of an event: every container anew, as a parser would, with the values put in. */
function copyOf({ json, inners }: EventShape, places: readonly Place[]): Copy {
  const copies = new Map<object, Copy>()
  function find(container: object): Copy {
    let copy = copies.get(container)
    if (!copy) copies.set(container, (copy = { of: container, entries: [] }))
    return copy
  }
  for (const { container, key, inner } of inners) find(container).entries.push([key, find(inner)])
  for (const [index, { container, key }] of places.entries()) {
    if (container) find(container).entries.push([key, index])
  }
  return find(json)
}

function make({ of, entries }: Copy, values: readonly unknown[]): unknown {
  const made = (Array.isArray(of) ? [...(of as unknown[])] : { ...of }) as Record<
    string | number,
    unknown
  >
  // Each key is the copy's own already, `__proto__` too: nothing but its value changes.
  for (const [key, value] of entries) {
    made[key] = typeof value === 'number' ? values[value] : make(value, values)
  }
  return made
}

/** Longer parts of a text keep all of that text in memory, in every engine. */
const longestCopy = 12

function stringOf(text: string, isEscaped: boolean): unknown {
  if (isEscaped) return parseJson(`"${text}"`)
  return text.length > longestCopy ? ` ${text}`.slice(1) : text
}
