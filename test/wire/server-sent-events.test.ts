// @vitest-environment node
import fc from 'fast-check'
import { createParser } from 'eventsource-parser'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../src/json/parse-json.ts'
import { createServerSentEventFramer } from '../../src/wire/server-sent-events.ts'
import type { WireEvent } from '../../src/wire/wire-event.ts'
import { runs } from '../differential/support/runs.ts'

const timeout = 600_000

/** The events of a body that arrives in these pieces. */
function read(pieces: readonly string[]): WireEvent[] {
  const events: WireEvent[] = []
  const framer = createServerSentEventFramer({
    maxEventLength: Infinity,
    onEvent: (event) => events.push(event),
  })
  for (const piece of pieces) framer.push(piece)
  return events
}

/** The same by `eventsource-parser` and `JSON.parse`. */
function readByOracle(body: string): WireEvent[] {
  const events: WireEvent[] = []
  const parser = createParser({
    onEvent: ({ event, id, data }) => events.push({ event, id, data, json: parseJson(data) }),
  })
  // A carriage return at the end of what it is fed waits there for a line feed.
  parser.feed(body)
  return events
}

/** Cuts a text at random places, some pieces empty. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = places.map((place) => place % (text.length + 1)).sort((a, b) => a - b)
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end))
}

const eol = fc.constantFrom('\n', '\r\n', '\r')
// No whole JSON and no end marker: of those, joined lines are events of their own.
const value = fc.oneof(
  fc.constantFrom('', ' ', '  two', 'a', '{"a":1', 'é', '😀', 'x:y', '[DONE', '7'),
  fc.string({ maxLength: 6 }).map((text) => text.replace(/[\r\n]/g, '')),
)
const field = fc
  .tuple(
    fc.constantFrom('data', 'data', 'data', 'event', 'id', 'retry', '', 'other', 'data ', 'Data'),
    fc.constantFrom(':', ': ', ':  ', ''),
    value,
  )
  .map((parts) => parts.join(''))
const line = fc.oneof(fc.constant(''), fc.constant(''), field)
const lines = fc.array(fc.tuple(line, eol), { maxLength: 14 })
const body = fc
  .tuple(fc.constantFrom('', '', '\uFEFF'), lines)
  .map(([mark, all]) => mark + all.flat().join(''))
const cuts = fc.array(fc.nat(), { maxLength: 8 })

test('random streams give the events of eventsource-parser, however cut', { timeout }, () => {
  fc.assert(
    fc.property(body, cuts, (text, places) => {
      // Two line feeds at the end, so that both have dispatched all that is there to dispatch.
      const whole = `${text}\n\n`
      expect(read(cut(whole, places))).toEqual(readByOracle(whole))
    }),
    runs(3000),
  )
})

describe('the examples of the WHATWG standard', () => {
  test.each([
    ['of several lines', 'data: YHOO\ndata: +2\ndata: 10\n\n', [['', 'YHOO\n+2\n10']]],
    [
      'of a comment, ids and a field without a colon',
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
      [
        ['1', 'first event'],
        ['', 'second event'],
        ['', ' third event'],
      ],
    ],
    [
      'of empty data, and of an event that the end cuts off',
      'data\n\ndata\ndata\n\ndata:',
      [
        ['', ''],
        ['', '\n'],
      ],
    ],
    [
      'of the optional space',
      'data:test\n\ndata: test\n\n',
      [
        ['', 'test'],
        ['', 'test'],
      ],
    ],
    ['of names without data', 'event: only\n\ndata: x\n\n', [['', 'x']]],
    ['of an id with a null character, which is ignored', 'id: a\0b\ndata: x\n\n', [['', 'x']]],
  ])('%s', (_, text, expected) => {
    for (const pieces of [[text], text.split('')]) {
      expect(read(pieces).map(({ id, data }) => [id ?? '', data])).toEqual(expected)
    }
  })
})

describe('events that repeat their shape', () => {
  const escape = fc.constantFrom('\\n', '\\"', '\\\\', '\\u00e9', '\\ud83d', '\\/', '\\t')
  const text = fc
    .array(
      fc.oneof(
        fc.string({ maxLength: 9 }),
        fc.constantFrom('a', 'long enough to be a part', '\u2028'),
      ),
      { maxLength: 3 },
    )
    .map((parts) => JSON.stringify(parts.join('')).slice(1, -1))
  const string = fc.tuple(text, escape, fc.boolean()).map(([a, b, both]) => (both ? a + b : a))
  const number = fc.oneof(
    fc.nat().map(String),
    fc.constantFrom('0', '-0', '1.5', '1e3', '-7', '999999999999999', '9007199254740993', '1E-7'),
  )
  const scalar = fc.oneof(
    string.map((s) => `"${s}"`),
    number,
    fc.constantFrom('null', 'true'),
  )
  /** Text that is no JSON, or not what it looks like. */
  const odd = fc.constantFrom(
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
  )

  const templates = [
    (a: string, b: string) => `data: {"type":"delta","n":${b},"delta":${a}}\n\n`,
    (a: string, b: string) =>
      `event: x\ndata: {"choices":[{"index":0,"delta":{"content":${a}},"tail":[]}],"usage":null,"n":${b}}\n\n`,
    (a: string, b: string) => `id: ${b}\r\ndata:{"a" : ${a} , "b":[${b},{"c":[]}]}\r\n\r\n`,
    (a: string, b: string) => `id:${b}\nevent: y\ndata: {"a":${a}}\n\n`,
    (a: string, b: string) => `data: {"a":${a},"a":${b},"__proto__":${a}}\n\n`,
    (a: string, b: string) => `data: {"a":${a},"b":1,"a":${b}}\n\n`,
    (a: string, b: string) => `data: {"a":${b},"a":{"x":${a}}}\n\n`,
    (a: string, b: string) => `data: {"__proto__":{"a":${a}},"b":${b}}\n\n`,
    (a: string, b: string) => `data: {${a.startsWith('"') ? a : '"k"'}:${b}}\n\n`,
    (a: string, b: string) => `data: [${a},${b}]\n\n`,
    (a: string) => `data: {"a":${a},\ndata: "b":2}\n\n`,
  ]
  const event = fc
    .tuple(
      fc.nat(templates.length - 1),
      fc.oneof({ weight: 12, arbitrary: scalar }, odd),
      fc.oneof(number, scalar),
    )
    .map(([index, a, b]) => templates[index]!(a, b))
  const usual = fc.tuple(
    fc.string({ maxLength: 4 }).map((word) => JSON.stringify(word)),
    fc.nat().map(String),
  )
  const unusual = fc.tuple(fc.oneof(scalar, odd), fc.oneof(number, scalar, odd))
  /** One shape, first with plain values, from which it is learned, and then with all kinds of them. */
  const stream = fc
    .tuple(
      fc.nat(templates.length - 1),
      fc.array(usual, { minLength: 3, maxLength: 4 }),
      fc.array(fc.oneof(usual, unusual), { maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(), event), { maxLength: 3 }),
    )
    .map(([index, first, next, others]) => {
      const events = [...first, ...next].map(([a, b]) => templates[index]!(a, b))
      for (const [place, other] of others) events.splice(place % (events.length + 1), 0, other)
      return events
    })

  test('equal those that are parsed one by one, however cut', { timeout }, () => {
    fc.assert(
      fc.property(stream, cuts, (events, places) => {
        const whole = events.join('')
        const expected = readByOracle(whole).filter(({ json }) => json !== undefined)
        const found = read(cut(whole, places)).filter(({ json }) => json !== undefined)
        expect(found).toEqual(expected)
        expect(read(events).filter(({ json }) => json !== undefined)).toEqual(expected)
      }),
      runs(3000),
    )
  })

  test('share nothing: what one reader does to its event is not seen by the next', () => {
    const seen: unknown[] = []
    const framer = createServerSentEventFramer({
      maxEventLength: Infinity,
      onEvent({ json }) {
        const { list } = json as { list: { of: string[] }[] }
        seen.push(structuredClone(list))
        list[0]!.of.push('mine')
        list.push({ of: [] })
      },
    })
    for (let n = 0; n < 5; n++) framer.push(`data: {"n":${n},"list":[{"of":[]}]}\n\n`)
    expect(seen).toEqual(Array.from({ length: 5 }, () => [{ of: [] }]))
  })

  test('are not parsed one by one', () => {
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
      expect(read([events.join('')])).toHaveLength(1000)
    } finally {
      JSON.parse = parse
    }
    // Those from which the frame was learned, and the keys of their objects.
    expect(parsed).toBeLessThan(30)
  })

  test('that never fit are given up: learning stops costing', () => {
    const events = Array.from({ length: 5000 }, (_, n) => `data: {"k${n}":1}\n\n`)
    expect(read([events.join('')])).toHaveLength(5000)
  })
})
