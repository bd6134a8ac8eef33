import type { TextBlock } from './text-block.ts'

/** A reference definition that cannot be anything else, on a line of its own. */
const definition =
  /^\[([\w\p{L}][\w\p{L} .-]*)\]:[ \t]*[!-'*-;=-~]+(?:[ \t]+"[^"\\\r\n]*")?[ \t]*(?:[\r\n]+|$)/gmu

/** Whatever else might be one, or a footnote: anywhere in quotes and lists, over several lines. */
const perhapsDefinition = /^[ \t>*+\-\d.)]*\[((?:[^[\]\\]|\\[^])*)\]:(.*)/gm

/** More than a destination and a title. */
const moreThanLink = /^[ \t]*[^\s<]\S*[ \t]+[^\s"'(]/

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

/** What blocks refer to in other blocks. */
export interface LinkReferences {
  /** Reads the last block on, up to `end`: the definitions that it needs. */
  read(text: string, end: number): string
  /** Takes in the last block when it has been read; false if the text cannot be divided. */
  settle(source: string): boolean
}

/**
 * A definition that stands alone reaches each block that uses it, in `blocks`; one that only a whole
 * parser could tell, and every footnote, makes the text indivisible.
 */
export function createLinkReferences(blocks: TextBlock[]): LinkReferences {
  /** The keys of all labels in brackets, and the blocks that they are in. */
  const uses = new Map<string, number[]>()
  /** What defines a key; empty if nothing does, perhaps. */
  const definitions = new Map<string, string>()
  let keys = new Set<string>()
  let needed = ''
  let start = 0

  return {
    read(text, end) {
      const added = text.slice(start, end)
      for (const [, label = ''] of added.matchAll(/\[([^[\]]{1,999})(?=[[\]])/g)) {
        const key = keyOf(label)
        if (!keys.has(key)) needed += definitions.get(key) ?? ''
        keys.add(key)
      }
      // A label that is still open is read again when more of it is there.
      start = end - (/\[[^[\]]{0,999}$/.exec(added)?.[0].length ?? 0)
      return needed
    },

    settle(source) {
      let isDivisible = ![...keys].some((key) => definitions.get(key) === '')
      const isAlone = !/[^ \t\r\n]/.test(source.replace(definition, ''))

      for (const [line, label = '', rest = ''] of source.matchAll(
        isAlone ? definition : perhapsDefinition,
      )) {
        const key = keyOf(label)
        if (key.startsWith('^')) isDivisible = false
        // The first definition of a label counts.
        if (definitions.has(key) || moreThanLink.test(rest)) continue
        const carried = isAlone ? `${line}\n\n` : ''
        definitions.set(key, carried)
        for (const index of uses.get(key) ?? []) {
          const block = blocks[index]
          if (carried && block) blocks[index] = { ...block, text: carried + block.text }
          else isDivisible = false
        }
      }

      for (const key of keys)
        uses
          .set(key, uses.get(key) ?? [])
          .get(key)
          ?.push(blocks.length)
      keys = new Set()
      needed = ''
      return isDivisible
    },
  }
}
