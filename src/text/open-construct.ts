/**
 * What may still be open at the top level of a Markdown document after a line. Inside a fence or an HTML
 * block, this is the source of the pattern that its last line matches. Otherwise it is one digit: the column
 * where the content of the current list item begins. `0` means that there is no list, or that the content is
 * indented so far that no fence can open in it.
 */
export type OpenConstruct = string

/** Nothing is open, as at the start of a document. */
export const nothing: OpenConstruct = '0'

/** Whether the following lines may be inside a fence or an HTML block. */
export const hides = (open: OpenConstruct): boolean => open.length > 1

/** A pattern that never matches: the construct contains the rest of the text. */
export const never: OpenConstruct = '(?!)'

/** A line that opens a fence at the top level: its characters, and the language as written. */
export const fence: RegExp = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s&\\\0]+(?=\s|$))?/

/** The source of the pattern that closes a fence. */
export const fenceEnd = (marker: string): string =>
  `^ {0,3}${marker.charAt(0)}{${marker.length},}[ \\t]*$`

/** The start and end of HTML blocks that may contain blank lines (CommonMark 4.6, kinds 1 to 5). */
const htmlBlocks: [start: RegExp, end: string][] = [
  [/^<(script|pre|style|textarea)([ \t>]|$)/i, '</(script|pre|style|textarea)>'],
  [/^<!--/, '-->'],
  // Instructions, declarations and CDATA are omitted: parsers disagree on their ends.
  [/^<[!?]/, never],
]

/**
 * Reads one line of a Markdown document and returns what may be open after it, if `open` was open before.
 *
 * Returns several possibilities where only a complete parser could decide, for example whether a line
 * continues a list item lazily or ends the list. One of them is always correct.
 */
export function openAfter(
  open: OpenConstruct,
  line: string,
  isAfterBlank: boolean,
): OpenConstruct[] {
  if (hides(open)) return [new RegExp(open, 'i').test(line) ? nothing : open]

  const indent = line.search(/[^ ]/)
  // A blank line, indented code, or a line inside the list item.
  if (indent < 0 || indent > 3 || line[indent] === '\t' || (open > nothing && indent >= +open)) {
    return [open]
  }
  const rest = line.slice(indent)
  const asText = isAfterBlank ? [nothing] : [open, nothing]

  const [, marker] = fence.exec(rest) ?? []
  if (marker) return [fenceEnd(marker)]

  const html = htmlBlocks.find(([start]) => start.test(rest))
  if (html) return openAfter(html[1], rest, true)
  // An HTML block until a blank line, or a paragraph that begins with a tag.
  if (/^<[/a-z]/i.test(rest)) return ['^[ \\t]*$', ...asText]

  if (rest[0] === '>') return [nothing]

  // A list item, unless it is a thematic break or continues a paragraph that it cannot interrupt.
  const item = /^([-+*]|\d{1,9}[.)])( {1,4}(?=[^ \t])|(?=[ \t]|$))/.exec(rest)
  const column = item ? indent + item[0].length + (item[2] ? 0 : 1) : 9
  return column > 3 ? asText : [`${column}`, ...asText]
}
