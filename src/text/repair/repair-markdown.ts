import { repairInline } from './repair-inline.ts'

/** The markers before the content of a line: quotes, list items, indentation. */
const prefixOf = /^(?:[ \t>]|[-+*][ \t]|\d+[.)][ \t])*/

/** A line whose meaning is still open: the beginning of a marker, a break, an underline, a fence, a task. */
const ambiguous = /^(?:\d+[.)]?|[-+=*_~`#|:\s]*|\[[ x]?\]?\s*)$/

/** The start of an HTML block, in which Markdown does not apply; not of an autolink. */
const html = /^<(?![^>]*[:@])[/!a-z]/i

/** A thematic break or an underline, after which a new block begins. */
const rule = /^([-*_=])([ \t]*\1)*\s*$/

const delimitersFor = (row: string): string =>
  `|${'-|'.repeat(
    row
      .replace(/\\./g, '')
      .replace(/^\||\|?\s*$/g, '')
      .split('|').length,
  )}`

/**
 * Makes partial Markdown render in its final form: the `repair` of `useTextBlocks`. It closes open
 * constructs, and omits an ambiguous end: a lone `**`, half a link, tag or entity, the beginning of a list
 * item or of an underline. A line that begins with a bar counts as the head of a table, and `[text][label]`
 * as a link whose definition follows later. The rendered text therefore only grows.
 *
 * @param text CommonMark with GitHub's extensions, as received so far
 */
export function repairMarkdown(text: string): string {
  let fence = ''
  let start = 0
  /** The start of the last paragraph, heading or item. */
  let leaf = 0
  let isHtml = false
  /** The first line of the table that the last line belongs to, and whether its delimiter row has arrived. */
  let head = ''
  let hasDelimiters = false
  let prefix = ''
  let rest = ''
  const lines = text.split('\n')
  const last = lines.pop() ?? ''

  for (const line of [...lines, last]) {
    const next = start + line.length + 1
    const isLast = next > text.length
    prefix = prefixOf.exec(line)?.[0] ?? ''
    rest = line.slice(prefix.length)
    const [marker = ''] = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(rest) ?? []
    if (fence) {
      const run = /^(?:`+|~+)\s*$/.test(rest) && rest[0] === fence[0] ? rest.trim() : ''
      if (run.length >= fence.length) {
        fence = ''
        leaf = next - 1
      } else if (run && isLast) return text.slice(0, start)
    } else if (marker && !(isLast && ambiguous.test(rest))) fence = marker
    else {
      if (!rest.trim() || /[-+*.)]/.test(prefix) || rest[0] === '#') {
        leaf = rest.trim() ? start + prefix.length : next
        if (!isLast) head = ''
      }
      if (leaf >= start) isHtml = html.test(rest)
      if (!isLast) {
        if (head) hasDelimiters ||= /^[|:\s-]+$/.test(rest)
        else if (rest[0] === '|') {
          head = rest
          hasDelimiters = false
        }
        if (rest[0] === '#' || rule.test(rest)) leaf = next
      }
    }
    if (!isLast) start = next
  }
  if (fence) return text

  let end = text.length
  let cell = leaf
  let after = ''
  const margin = prefix.replace(/[^>]/g, ' ')
  const content = start + prefix.length
  if (head && !hasDelimiters) {
    // A delimiter row in place of the one that has not arrived yet.
    return text.slice(0, start) + margin + delimitersFor(head)
  }
  if (ambiguous.test(rest)) end = text.slice(0, start).trimEnd().length
  else if (rest[0] === '|') {
    const row = text.slice(content)
    cell = content + row.replace(/\\./g, '  ').lastIndexOf('|') + 1
    if (!head) after = `|\n${margin}${delimitersFor(row)}`
  }
  let kept = text.slice(0, end)
  // A long text without an attribute is not a tag: its `<` means "less than".
  if (isHtml) kept = kept.replace(/<(?:[^<>]{0,40}|[^<>]*[!=][^<>]*)$/, '')
  else if (cell < end) kept = kept.slice(0, cell) + repairInline(kept.slice(cell))
  if (after && kept.endsWith('|')) after = after.slice(1)
  const labels = Array.from(
    kept.matchAll(/(?:^|[\s(])\[[^[\]]+\](\[[^[\]]+\])/g),
    ([, label]) => label,
  )
  return kept + after + labels.map((label) => `\n\n${label}: #`).join('')
}
