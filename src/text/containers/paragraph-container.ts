import type { OpenContainer } from './open-container.ts'

/** A line that goes on with a paragraph, whatever follows in it. */
const plainText = /^(\*\*)?[\p{L}"“(]/u

/** The end of a sentence that another one follows; of a link that needs a space before it, it is none. */
const sentenceEnd = /[.!?…]["'”’)]{0,3} (?=[^\P{L}wW])|[。！？]["'”’」』）]{0,3}(?=\p{L})/gu

/** Escapes, code, links, and `_` within words, which end where they begin. */
const atoms =
  /\\[!-/:-@[-`{-~]|(?<!`)(`+)[^`]+\1(?!`)|!?\[[^[\]<*_`\\]*\](?:\([^()\s<*`\\]*\)|(?![[(:]))|(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu

/** Emphasis that is certainly closed. */
const emphasis =
  /(?<![^\s(])(\*\*?)(?=[\p{L}\p{N}])[^*_~`[\]<$\\]*[\p{L}\p{N}.,:;!?]\1(?![\p{L}\p{N}*])/gu

/** A bare link at the end of a text: what follows without a space still belongs to it. */
const endsInLink = /(?:www\.|:\/\/)\S*$/i

/** How much may be looked through again and again, since something may be open in it. */
const tooLong = 2000

/** A paragraph alone, divided between its sentences. */
export function paragraphContainer(head: string): OpenContainer | undefined {
  let start = -1
  let searched = 0
  /** What was looked through, from what may still be open in it. */
  let open = ''
  let checked = 0

  const container: OpenContainer = {
    shape: { tag: 'p' },
    read: (line, isAfterBlank) =>
      !line.trim() || (!isAfterBlank && plainText.test(line))
        ? container
        : isAfterBlank
          ? 'after'
          : undefined,
    cut(text, part, end, length) {
      if (part !== start) {
        start = checked = part
        searched = part + length
        open = ''
      }
      if (end < searched || open.length > tooLong) return undefined
      const origin = searched
      for (const { 0: found, index } of text.slice(origin, end).matchAll(sentenceEnd)) {
        const at = (searched = origin + index + found.length)
        open = (open + text.slice(checked, at)).replace(atoms, '').replace(emphasis, '')
        checked = at
        if (!found.endsWith(' ') && endsInLink.test(text.slice(part, at))) continue
        const special = open.search(/[*_~`[\]<$\\]/)
        if (special < 0) return at
        open = open.slice(Math.max(0, special - 1))
      }
      // The last ones may only need what follows them.
      searched = Math.max(searched, end - 6)
      return undefined
    },
  }
  return plainText.test(head) ? container : undefined
}
