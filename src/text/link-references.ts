/** An unambiguous reference definition, on its own line. */
const definition =
  /^\[([\w\p{L}][\w\p{L} .-]*)\]:[ \t]*[!-'*-;=-~]+(?:[ \t]+"[^"\\\r\n]*")?[ \t]*(?:[\r\n]+|$)/gmu

/** A possible definition or footnote: also inside quotes and lists, and over several lines. */
const perhapsDefinition = /^[ \t>*+\-\d.)]*\[((?:[^[\]\\]|\\[^])*)\]:(.*)/gm

/** Longer than a destination and a title can be. */
const moreThanLink = /^[ \t]*[^\s<]\S*[ \t]+[^\s"'(]/

/** The total length that copies of definitions may add to a text of this length, in UTF-16 code units. */
const mostCopies = (length: number): number => 2 * length + 10_000

/**
 * The lookup key of a label. Labels that a parser treats as equal have the same key, and so do some
 * others (a label over two lines may contain the markers of a quote).
 */
const keyOf = (label: string): string =>
  label
    .replace(/[[\]][^]*/, '')
    .replace(/[\s>\0\ufffd]+/g, ' ')
    .trim()
    .toLowerCase()
    .toUpperCase()

const keysIn = (text: string): string[] =>
  Array.from(text.matchAll(/\[([^[\]]{1,999})(?=[[\]])/g), ([, label = '']) => keyOf(label))

/** References from one piece of a text to definitions in another. */
export interface LinkReferences {
  /**
   * Reads more of the last piece, up to `end`, and returns the definitions that it needs. The text from `end`
   * to `shown` is not consumed, because it may still become part of another piece.
   */
  read(text: string, end: number, shown?: number): string
  /** Skips the rest of the last piece, which ends at `end` and contains no references. */
  skip(end: number): void
  /** Adds the last piece once it has been read. Returns false if the text cannot be divided. */
  settle(source: string, isWhole: boolean): boolean
}

/**
 * Passes each definition that is its own block to the pieces that use it, through `carry` with the number of
 * the piece. The text cannot be divided if it has a footnote, a definition that only a complete parser can
 * recognise, or definitions whose copies would be longer than the text.
 */
export function createLinkReferences(
  carry: (piece: number, definitions: string) => void,
): LinkReferences {
  /** The keys of all labels in brackets, with the pieces that contain them. */
  const uses = new Map<string, number[]>()
  /** The definition of a key; empty if there may be none. */
  const definitions = new Map<string, string>()
  let keys = new Set<string>()
  let needed = ''
  let start = 0
  let pieces = 0
  let copied = 0

  return {
    read(text, end, shown = end) {
      const added = text.slice(start, end)
      for (const key of keysIn(added)) {
        if (!keys.has(key)) needed += definitions.get(key) ?? ''
        keys.add(key)
      }
      // An unfinished label is read again when more text has arrived.
      start = end - (/\[[^[\]]{0,999}$/.exec(added)?.[0].length ?? 0)
      if (shown === end) return needed
      const seen = new Set(keysIn(text.slice(start, shown)))
      return [...seen].reduce(
        (all, key) => all + (keys.has(key) ? '' : (definitions.get(key) ?? '')),
        needed,
      )
    },

    skip(end) {
      start = end
      keys = new Set()
      needed = ''
    },

    settle(source, isWhole) {
      let isDivisible = ![...keys].some((key) => definitions.get(key) === '')
      const isAlone = isWhole && !/[^ \t\r\n]/.test(source.replace(definition, ''))
      copied += needed.length

      for (const [line, label = '', rest = ''] of source.matchAll(
        isAlone ? definition : perhapsDefinition,
      )) {
        const key = keyOf(label)
        if (key.startsWith('^')) isDivisible = false
        // The first definition of a label applies.
        if (definitions.has(key) || moreThanLink.test(rest)) continue
        const carried = isAlone ? `${line}\n\n` : ''
        const users = uses.get(key) ?? []
        definitions.set(key, carried)
        copied += carried.length * users.length
        if (users.length > 0 && !carried) isDivisible = false
        if (copied <= mostCopies(start)) for (const user of users) carry(user, carried)
      }

      for (const key of keys)
        uses
          .set(key, uses.get(key) ?? [])
          .get(key)
          ?.push(pieces)
      pieces++
      keys = new Set()
      needed = ''
      return isDivisible && copied <= mostCopies(start)
    },
  }
}
