import { createLinkReferences } from './link-references.ts'
import { hides, never, nothing, openAfter, type OpenConstruct } from './open-construct.ts'
import type { TextBlock, TextFormat } from './text-block.ts'

/** The length from which a plain block ends with the line, though the paragraph goes on. */
const longParagraph = 2000

/** How many possibilities are followed up; a text that leaves more open is not divided further. */
const manyPossibilities = 8

/**
 * Divides a text that grows by appending. Each call gets the whole text, reads what is new, and
 * returns the settled blocks and the tail, in a new array.
 */
export function createScan(format: TextFormat): (text: string, ended: boolean) => TextBlock[] {
  const isMarkdown = format === 'markdown'
  // A lone CR ends a line of Markdown, but is a space to CSS.
  const lineEnd = isMarkdown ? /\r\n?|\n/g : /\n/g
  const blocks: TextBlock[] = []
  const references = createLinkReferences(blocks)
  let isDivisible = true
  /** Where the tail begins, where the line begins that is not whole yet, and how far that was read. */
  let tail = 0
  let line = 0
  let read = 0
  let isBlank = true
  let open: OpenConstruct[] = [nothing]
  let hasList = false
  let isAfterBlank = true

  function settle(text: string, end: number) {
    // A copy, for a slice would keep the whole text of this moment in memory; joined, for what is
    // added up is kept as its pieces.
    const source = [text.slice(tail, end - 1), text.slice(end - 1, end)].join('')
    const needed = isMarkdown ? references.read(text, end) : ''
    if (isMarkdown) isDivisible = references.settle(source)
    blocks.push({ key: tail, text: needed + source, settled: true })
    tail = end
    isBlank = true
    open = [nothing]
    hasList = false
    isAfterBlank = true
  }

  /** Whether a line that begins so begins a block, whatever follows. */
  function beginsBlock(head: string): boolean {
    if (!isMarkdown)
      return head > '' && (isAfterBlank ? head[0] !== '\n' : line - tail >= longParagraph)
    if (open.some(hides)) return false
    if (/^#{1,6}[ \t]/.test(head)) return true
    // What is indented may belong to a list or to indented code, and a list goes on with a marker.
    const goesOn = hasList ? /^([-+*]|\d+[.)]?)?([<>\s]|$)/ : /^(\s|$)/
    return isAfterBlank && !goesOn.test(head)
  }

  function readLine(content: string) {
    if (isMarkdown) {
      hasList ||= !open.every(hides) && /^( *[-+*\d\t]| {4})/.test(content)
      open = [...new Set(open.flatMap((each) => openAfter(each, content, isAfterBlank)))]
      if (open.length > manyPossibilities) open = [never]
    }
    isAfterBlank = /^[ \t\r]*$/.test(content)
    isBlank &&= isAfterBlank
  }

  return (text, ended) => {
    while (isDivisible) {
      if (!isBlank && beginsBlock(text.slice(line, line + 12))) settle(text, line)
      lineEnd.lastIndex = read
      const match = lineEnd.exec(text)
      // A CR at the end may be half of a CRLF.
      if (!match || (match[0] === '\r' && lineEnd.lastIndex === text.length)) {
        read = match?.index ?? text.length
        break
      }
      const content = text.slice(line, match.index)
      line = read = lineEnd.lastIndex
      readLine(content)
    }
    if (ended && isDivisible && tail < text.length) settle(text, text.length)
    if (!isDivisible) return [{ key: 0, text, settled: ended }]
    if (tail === text.length) return [...blocks]
    const needed = isMarkdown ? references.read(text, text.length) : ''
    return [...blocks, { key: tail, text: needed + text.slice(tail), settled: false }]
  }
}
