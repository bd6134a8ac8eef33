// @vitest-environment node
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createFrameReader } from '../../src/wire/frame-reader.ts'
import { createServerSentEventFramer } from '../../src/wire/server-sent-events.ts'
import type { WireEvent } from '../../src/wire/wire-event.ts'
import { runs } from '../differential/support/runs.ts'
import { cut, cuts } from './support/cut-text.ts'

const timeout = 600_000

type Path = readonly (string | number)[]

/** Where the events of the templates below have their text. */
const paths: Path[] = [['delta'], ['choices', 0, 'delta', 'content'], ['a'], ['__proto__', 'a']]
const ignored = ['n', 'obfuscation']

const at = (json: unknown, path: Path) =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], json)

const pathIn = ({ json }: WireEvent) => paths.find((path) => typeof at(json, path) === 'string')

/** The meaning of an event: the path of its text, the text, and the number of events. */
interface Meaning {
  place: string
  text: string
  events: number
}

function meaningOf(event: WireEvent): Meaning {
  const path = pathIn(event)
  const mask = (value: unknown, inside: Path): unknown => {
    if (path && String(inside) === String(path)) return 'the text'
    if (inside.length === 1 && ignored.includes(String(inside))) return 'ignored'
    if (Array.isArray(value)) return value.map((inner, index) => mask(inner, [...inside, index]))
    if (typeof value !== 'object' || value === null) return value
    return Object.entries(value).map(([key, inner]) => [key, mask(inner, [...inside, key])])
  }
  const { event: name, json, data } = event
  return {
    place: JSON.stringify([name, json === undefined ? data : mask(json, [])]),
    text: path ? (at(json, path) as string) : '',
    events: 1,
  }
}

function add(all: Meaning[], { place, text, events }: Meaning) {
  const last = all.at(-1)
  if (last?.place !== place) {
    all.push({ place, text, events })
    return
  }
  last.text += text
  last.events += events
}

/** Reads a body that arrives in these pieces, with or without frames. */
function read(pieces: readonly string[], hasFrames: boolean, room = Infinity) {
  const all: Meaning[] = []
  let appended = 0
  const frames = createFrameReader({
    maxEventLength: 3000,
    repetition(event) {
      const text = pathIn(event)
      if (!text) return undefined
      const { place } = meaningOf(event)
      return {
        text,
        ignored,
        room,
        append(grown, events) {
          expect(grown.length).toBeLessThanOrEqual(room)
          appended += events
          add(all, { place, text: grown, events })
        },
      }
    },
  })
  const framer = createServerSentEventFramer({
    maxEventLength: 3000,
    onEvent: (event) => add(all, meaningOf(event)),
    frames: hasFrames ? frames : undefined,
  })
  for (const piece of pieces) framer.push(piece)
  return { all, appended }
}

const escape = fc.constantFrom('\\n', '\\"', '\\\\', '\\u00e9', '\\ud83d', '\\/', '\\t')
const text = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 9 }),
      fc.constantFrom('a', '"n":5', ',"a":"x"', '\u2028', '{"n":'),
    ),
    { maxLength: 3 },
  )
  .map((parts) => JSON.stringify(parts.join('')).slice(1, -1))
const string = fc.tuple(text, escape, fc.boolean()).map(([a, b, both]) => (both ? a + b : a))
const number = fc.oneof(
  fc.nat().map(String),
  fc.constantFrom('0', '-0', '1.5', '1e3', '-7', '999999999999999', '9007199254740993', '1E-7'),
)
const quoted = string.map((s) => `"${s}"`)
const scalar = fc.oneof(quoted, number, fc.constantFrom('null', 'true', '[1]'))
/** Text that is not JSON, or is misleading. */
const odd = fc.constantFrom(
  ...[
    '01',
    '"\\x"',
    '"a\tb"',
    '{',
    '"',
    '1.',
    '+1',
    '"\\u12"',
    'nul',
    '',
    '{"q":1}',
    '"a","a":"b"',
  ],
)

const templates = [
  (a: string, n: string) => `data: {"type":"delta","n":${n},"delta":${a}}\n\n`,
  (a: string, n: string) =>
    `event: x\ndata: {"choices":[{"index":0,"delta":{"content":${a}},"tail":[]}],"usage":null,"n":${n}}\n\n`,
  (a: string, n: string) =>
    `event:y\r\ndata:{ "n" : ${n} , "a" :\t${a} , "b":[1,{"c":[]}]}\r\n\r\n`,
  (a: string, n: string) => `data: {"obfuscation":${a},"a":${a},"n":${n}}\r\r`,
  (a: string, n: string) => `id: ${n}\nevent: y\ndata: {"a":${a}}\n\n`,
  (a: string, n: string) => `data: {"a":${a},"a":${n},"__proto__":${a}}\n\n`,
  (a: string, n: string) => `data: {"a":${n},"a":${a},"n":1,"n":${n}}\n\n`,
  (a: string, n: string) => `data: {"b":{"a":${n},"n":${n}},"a":${a},"n":${n}}\n\n`,
  (a: string, n: string) => `data: {"b":{"n":${n}},"a":${a},"m":${n}}\n\n`,
  (a: string, n: string) => `data: {"__proto__":{"a":${a}},"n":${n}}\n\n`,
  (a: string, n: string) => `data: {"b":["a",${n},"n",1],"a":${a}}\n\n`,
  (a: string, n: string) => `data: [{"a":${a},"n":${n}}]\n\n`,
  (a: string) => `data: {"a":${a},\ndata: "b":2}\n\n`,
]
const event = fc
  .tuple(
    fc.nat(templates.length - 1),
    fc.oneof({ weight: 12, arbitrary: scalar }, odd),
    fc.oneof(number, scalar),
  )
  .map(([index, a, n]) => templates[index]!(a, n))
const usual = fc.tuple(
  fc.string({ maxLength: 4 }).map((word) => JSON.stringify(word)),
  fc.nat().map(String),
)
const unusual = fc.tuple(fc.oneof(quoted, scalar, odd), fc.oneof(number, scalar, odd))
/** Events of one shape: first with plain values, from which the frame is learned, then with values of all kinds. */
const stream = fc
  .tuple(
    fc.nat(templates.length - 1),
    fc.array(usual, { minLength: 2, maxLength: 3 }),
    fc.array(fc.oneof(usual, unusual), { maxLength: 8 }),
    fc.array(fc.tuple(fc.nat(), event), { maxLength: 3 }),
  )
  .map(([index, first, next, others]) => {
    const events = [...first, ...next].map(([a, n]) => templates[index]!(a, n))
    for (const [place, other] of others) events.splice(place % (events.length + 1), 0, other)
    return events
  })

test(
  'events that are read by their frame have the same result as parsed ones, however cut',
  { timeout },
  () => {
    let byFrame = 0
    fc.assert(
      fc.property(
        stream,
        cuts,
        fc.option(fc.nat(20), { nil: Infinity }),
        (events, places, room) => {
          const whole = events.join('')
          const { all } = read([whole], false)
          for (const pieces of [[whole], cut(whole, places), events]) {
            const { all: framed, appended } = read(pieces, true, room)
            expect(framed).toEqual(all)
            byFrame += appended
          }
        },
      ),
      runs(3000),
    )
    // Without this, the test would also pass for a reader that never uses frames.
    expect(byFrame).toBeGreaterThan(1000)
  },
)

test('of the events that only continue a text, only the first is parsed', () => {
  const parse = JSON.parse
  let parsed = 0
  JSON.parse = (...args: Parameters<typeof parse>) => {
    parsed++
    return parse(...args) as unknown
  }
  try {
    const events = Array.from(
      { length: 1000 },
      (_, n) => `event: d\ndata: {"type":"d","n":${n},"delta":"word ${n}"}\n\n`,
    )
    const { all, appended } = read([events.join('')], true)
    expect(all).toMatchObject([{ events: 1000 }])
    expect(appended).toBe(999)
  } finally {
    JSON.parse = parse
  }
  // The first event, the one from which the frame is learned, and the text of all others.
  expect(parsed).toBeLessThan(10)
})

test('learning is given up if frames never fit', () => {
  const exec = vi.spyOn(RegExp.prototype, 'exec')
  const events = Array.from({ length: 5000 }, (_, n) => `data: {"k${n}":1,"delta":"x"}\n\n`)
  const { all } = read([events.join('')], true)
  const searched = exec.mock.calls.length
  exec.mockRestore()
  expect(all).toHaveLength(5000)
  expect(searched).toBeLessThan(1000)
})

test('an event that is longer than the limit is an error, whether it fits the frame or not', () => {
  const long = (length: number) => `data: {"delta":"${'x'.repeat(length)}"}\n\n`
  expect(() => read([long(1) + long(2) + long(4000)], true)).toThrow(/limits.eventLength/)
})

test.each([1, 6, 9, 10, 20, 29])(
  'an event is read by its frame even if the piece ends %i characters into it',
  (place) => {
    const events = ['a', 'b', 'c', 'd'].map((delta) => `event: d\ndata: {"delta":"${delta}"}\n\n`)
    const start = events[0]!.length * 2
    const { all, appended } = read(cut(events.join(''), [start + place]), true)
    expect(all).toMatchObject([{ text: 'abcd', events: 4 }])
    expect(appended).toBe(3)
  },
)

test('an error line is reported immediately, even before its blank line arrives', () => {
  const { all } = read(['data: {"delta":"a"}\n\n', 'error: {"code":1}\n'], true)
  expect(all.map(({ place }) => place)).toContainEqual(expect.stringContaining('code'))
})
