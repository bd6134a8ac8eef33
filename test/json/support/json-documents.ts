import fc from 'fast-check'

/** A JSON document and the places at which to cut it. */
export interface CutDocument {
  readonly text: string
  readonly pieces: readonly string[]
}

const string = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    '__proto__',
    'a',
    'b',
    '0',
    '1',
    '\ud83d',
    '\ude00',
    '\ud83d\ud83d\ude00',
    '\\',
    '"',
  ),
)

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    string,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 5 }),
    fc.array(fc.tuple(string, tie('any')), { maxLength: 5 }).map(asObject),
  ),
})).any

function asObject(entries: [string, unknown][]): unknown {
  // A list of entries, so that a key may occur twice.
  return { [members]: entries }
}

const members = Symbol('members')

const whitespace = fc.constantFrom('', '', '', ' ', '\n', '\t\r\n')

/** Writes a value as JSON in one of the many ways in which it can be written. */
function write(value: unknown, draw: () => number, space: () => string): string {
  const spaced = (text: string) => space() + text + space()
  if (typeof value === 'string') return spaced(writeString(value, draw))
  if (Array.isArray(value)) {
    return spaced(`[${value.map((each) => write(each, draw, space)).join(',') || space()}]`)
  }
  if (typeof value === 'object' && value !== null) {
    const written = (value as { [members]: [string, unknown][] })[members].map(
      ([key, each]) => `${spaced(writeString(key, draw))}:${write(each, draw, space)}`,
    )
    return spaced(`{${written.join(',') || space()}}`)
  }
  return spaced(JSON.stringify(value))
}

function writeString(value: string, draw: () => number): string {
  let text = ''
  // By code unit, so that one half of a surrogate pair may be escaped and the other not.
  for (const unit of value.split('')) {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, '0')
    const isAllowed = unit >= ' ' && unit !== '"' && unit !== '\\'
    if (isAllowed && draw() < 6) text += unit
    else
      text +=
        draw() < 5
          ? `\\u${draw() < 5 ? hex : hex.toUpperCase()}`
          : JSON.stringify(unit).slice(1, -1)
  }
  return `"${text}"`
}

/** Any JSON document, written in any way, cut anywhere into pieces of 1 to `longest` characters. */
export function cutDocument(longest = 6): fc.Arbitrary<CutDocument> {
  return fc
    .tuple(
      value,
      fc.infiniteStream(fc.nat(9)),
      fc.infiniteStream(whitespace),
      fc.infiniteStream(fc.integer({ min: 1, max: longest })),
    )
    .map(([value, numbers, spaces, lengths]) => {
      const text = write(
        value,
        () => numbers.next().value as number,
        () => spaces.next().value as string,
      )
      const pieces: string[] = []
      for (let at = 0; at < text.length;) {
        const piece = text.slice(at, at + (lengths.next().value as number))
        pieces.push(piece)
        at += piece.length
      }
      return { text, pieces }
    })
}
