import type { OpenContainer } from './open-container.ts'

/** A line that continues a paragraph, whatever follows in it. */
const plainText = /^(\*\*)?[\p{L}"“(]/u

/** The end of a sentence before another one. Before `w`, which may begin a bare link (`www.`), it does not count. */
const sentenceEnd = /[.!?…]["'”’)]{0,3} (?=[^\P{L}wW])|[。！？]["'”’」』）]{0,3}(?=\p{L})/gu

/** Complete escapes, code spans and links, and `_` within words. */
const atoms =
  /\\[!-/:-@[-`{-~]|(?<!`)(`+)[^`]+\1(?!`)|!?\[[^[\]<*_`\\]*\](?:\([^()\s<*`\\]*\)|(?![[(:]))|(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu

/** Emphasis that is certainly closed. */
const emphasis =
  /(?<![^\s(])(\*\*?)(?=[\p{L}\p{N}])[^*_~`[\]<$\\]*[\p{L}\p{N}.,:;!?]\1(?![\p{L}\p{N}*])/gu

/** A bare link at the end of a text: text that follows without a space still belongs to it. */
const endsInLink = /(?:www\.|:\/\/)\S*$/i

/** The longest text with an open construct that is searched repeatedly. */
const tooLong = 2000

/** A paragraph alone, divided between its sentences. */
export function paragraphContainer(head: string): OpenContainer | undefined {
  let start = -1
  let searched = 0
  /** The text searched so far, from the first construct that may still be open. */
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
      // A sentence end near the end may become certain with the next characters.
      searched = Math.max(searched, end - 6)
      return undefined
    },
  }
  return plainText.test(head) ? container : undefined
}
