/** A reference definition that cannot be anything else, on a line of its own. */
const definition =
  /^\[([\w\p{L}][\w\p{L} .-]*)\]:[ \t]*[!-'*-;=-~]+(?:[ \t]+"[^"\\\r\n]*")?[ \t]*(?:[\r\n]+|$)/gmu

/** Whatever else might be one, or a footnote: anywhere in quotes and lists, over several lines. */
const perhapsDefinition = /^[ \t>*+\-\d.)]*\[((?:[^[\]\\]|\\[^])*)\]:(.*)/gm

/** More than a destination and a title. */
const moreThanLink = /^[ \t]*[^\s<]\S*[ \t]+[^\s"'(]/

/** How much all copies of definitions may add to a text of this length, in UTF-16 code units. */
const mostCopies = (length: number): number => 2 * length + 10_000

/**
 * What references to a label are found by: equal for all labels that are the same to a parser, and
 * for some that are not (a quote's markers may stand in a label over two lines).
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

/** What pieces of a text refer to in other pieces of it. */
export interface LinkReferences {
  /**
   * Reads the last piece on, up to `end`: the definitions that it needs. What stands between there
   * and `shown` is looked at only, since it may turn out to be part of another piece.
   */
  read(text: string, end: number, shown?: number): string
  /** Leaves out the rest of the last piece, which ends at `end`: nothing in it refers to anything. */
  skip(end: number): void
  /** Takes in the last piece when it has been read; false if the text cannot be divided. */
  settle(source: string, isWhole: boolean): boolean
}

/**
 * A definition that is a block of its own reaches each piece that uses it, by its number, through
 * `carry`. One that only a whole parser could tell, every footnote, and definitions whose copies
 * would be longer than the text make the text indivisible.
 */
export function createLinkReferences(
  carry: (piece: number, definitions: string) => void,
): LinkReferences {
  /** The keys of all labels in brackets, and the pieces that they are in. */
  const uses = new Map<string, number[]>()
  /** What defines a key; empty if nothing does, perhaps. */
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
      // A label that is still open is read again when more of it is there.
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
        // The first definition of a label counts.
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
