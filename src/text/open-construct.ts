/**
 * What may still be open, at the top level of a Markdown document, after a line. Either the source
 * of the pattern that the line which ends a fence or an HTML block matches, or one digit: nothing
 * that hides the lines that follow; and the column where the content of the current list item begins.
 * `0` stands for no list, and for content so far in that no fence can open in it.
 */
export type OpenConstruct = string

/** Nothing open at all: as at the start of a document. */
export const nothing: OpenConstruct = '0'

/** Whether the lines that follow may be hidden: in a fence, or in an HTML block. */
export const hides = (open: OpenConstruct): boolean => open.length > 1

/** Hides all that follows. */
export const never: OpenConstruct = '(?!)'

/** A line that opens a fence at the top level: what it consists of, and a language as it stands. */
export const fence: RegExp = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s&\\\0]+(?=\s|$))?/

/** The source of the pattern that ends what a fence has opened. */
export const fenceEnd = (marker: string): string =>
  `^ {0,3}${marker.charAt(0)}{${marker.length},}[ \\t]*$`

/** How HTML blocks open that may contain blank lines, and how they end (CommonMark 4.6, 1 to 5). */
const htmlBlocks: [start: RegExp, end: string][] = [
  [/^<(script|pre|style|textarea)([ \t>]|$)/i, '</(script|pre|style|textarea)>'],
  [/^<!--/, '-->'],
  // Instructions, declarations and CDATA, whose ends parsers disagree on, are not worth their bytes.
  [/^<[!?]/, never],
]

/**
 * Reads one line of a Markdown document: what may be open after it, if `open` was open before.
 *
 * More than one answer where only a whole parser could tell: whether a line is the lazy continuation
 * of a list item or ends the list, say. One of them is always right.
 */
export function openAfter(
  open: OpenConstruct,
  line: string,
  isAfterBlank: boolean,
): OpenConstruct[] {
  if (hides(open)) return [new RegExp(open, 'i').test(line) ? nothing : open]

  const indent = line.search(/[^ ]/)
  // Blank, indented code, or inside the list item.
  if (indent < 0 || indent > 3 || line[indent] === '\t' || (open > nothing && indent >= +open)) {
    return [open]
  }
  const rest = line.slice(indent)
  const asText = isAfterBlank ? [nothing] : [open, nothing]

  const [, marker] = fence.exec(rest) ?? []
  if (marker) return [fenceEnd(marker)]

  const html = htmlBlocks.find(([start]) => start.test(rest))
  if (html) return openAfter(html[1], rest, true)
  // Until a blank line; or a paragraph that begins with a tag.
  if (/^<[/a-z]/i.test(rest)) return ['^[ \\t]*$', ...asText]

  if (rest[0] === '>') return [nothing]

  // A list item, if it is not a thematic break, or a paragraph that it cannot interrupt.
  const item = /^([-+*]|\d{1,9}[.)])( {1,4}(?=[^ \t])|(?=[ \t]|$))/.exec(rest)
  const column = item ? indent + item[0].length + (item[2] ? 0 : 1) : 9
  return column > 3 ? asText : [`${column}`, ...asText]
}
