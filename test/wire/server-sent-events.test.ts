// @vitest-environment node
import fc from 'fast-check'
import { createParser } from 'eventsource-parser'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../src/json/parse-json.ts'
import { createServerSentEventFramer } from '../../src/wire/server-sent-events.ts'
import type { WireEvent } from '../../src/wire/wire-event.ts'
import { runs } from '../differential/support/runs.ts'
import { cut, cuts } from './support/cut-text.ts'

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

/** The same with `eventsource-parser` and `JSON.parse`. */
function readByOracle(body: string): WireEvent[] {
  const events: WireEvent[] = []
  const parser = createParser({
    onEvent: ({ event, id, data }) => events.push({ event, id, data, json: parseJson(data) }),
  })
  // A carriage return at the end of the input waits for a line feed.
  parser.feed(body)
  return events
}

const eol = fc.constantFrom('\n', '\r\n', '\r')
// Neither complete JSON nor an end marker: joined lines of those are separate events.
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

test(
  'random streams have the same events as in eventsource-parser, however cut',
  { timeout },
  () => {
    fc.assert(
      fc.property(body, cuts, (text, places) => {
        // Two line feeds at the end, so that both dispatch all events.
        const whole = `${text}\n\n`
        expect(read(cut(whole, places))).toEqual(readByOracle(whole))
      }),
      runs(3000),
    )
  },
)

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
    ['of event names without data', 'event: only\n\ndata: x\n\n', [['', 'x']]],
    ['of an id with a null character, which is ignored', 'id: a\0b\ndata: x\n\n', [['', 'x']]],
  ])('%s', (_, text, expected) => {
    for (const pieces of [[text], text.split('')]) {
      expect(read(pieces).map(({ id, data }) => [id ?? '', data])).toEqual(expected)
    }
  })
})
