import type { DivideContainer, OpenContainer } from './containers/open-container.ts'
import { createLinkReferences } from './link-references.ts'
import { fence, hides, never, nothing, openAfter, type OpenConstruct } from './open-construct.ts'
import type { TextBlock, TextFormat, TextPart } from './text-block.ts'

/** From this length on, a plain block ends at the next line end, even inside a paragraph. */
const longParagraph = 2000

/** The maximum number of interpretations to follow. A text with more is not divided further. */
const manyPossibilities = 8

/**
 * Divides a text that grows by appending. Each call receives the whole text, reads only the new part, and
 * returns the settled blocks and the tail in a new array. A part of a container ends at the first possible
 * position after `partLength` UTF-16 code units. The live tail is passed through `repair`.
 */
export function createScan(
  format: TextFormat,
  divide: DivideContainer = () => undefined,
  repair: (text: string) => string = (text) => text,
  partLength = 1000,
): (text: string, ended: boolean) => TextBlock[] {
  const isMarkdown = format === 'markdown'
  // A lone CR ends a line in Markdown, but is a space in CSS.
  const lineEnd = isMarkdown ? /\r\n?|\n/g : /\n/g
  const blocks: TextBlock[] = []
  /** The settled blocks as shown while the text grows, with placeholders for definitions that may still arrive. */
  const shown: TextBlock[] = []
  const provisional: string[] = []
  /** For each piece that references are tracked for: its block, and its part of the block. */
  const pieces: [block: number, part: number][] = []
  const references = createLinkReferences(carry)
  let isDivisible = true
  /** The start of the tail, the start of the unfinished line, and how far that line was read. */
  let tail = 0
  let line = 0
  let read = 0
  let isBlank = true
  let open: OpenConstruct[] = [nothing]
  let hasList = false
  let isAfterBlank = true
  /** The container that the tail is divided as, and its settled parts with the definitions that they need. */
  let container: OpenContainer | undefined
  let parts: TextPart[] = []
  let needed = ''
  /** The start of the last part, and the text that precedes it. */
  let part = 0
  let head = ''

  function carry(piece: number, definitions: string) {
    const [index, partIndex] = pieces[piece] ?? [0, 0]
    const block = blocks[index]
    if (!block) return
    const prepend = (to: string) => definitions + to
    blocks[index] = rewrite(block, prepend, (to, at) => (at === partIndex ? prepend(to) : to))
    show(index, blocks[index])
  }

  function show(index: number, block: TextBlock) {
    const added = provisional[index] ?? ''
    // The first definition of a label applies, so a real one overrides the placeholder once it arrives.
    shown[index] = added === '' ? block : rewrite(block, (to) => to + added)
  }

  /** Definitions for references that have none yet, as `repair` adds them to a live block. */
  function provisionalOf({ text }: TextBlock): string {
    if (!text.includes('][')) return ''
    return /(?:\n\n\[[^[\]]+\]: #)+$/.exec(repair(text.trimEnd()))?.[0] ?? ''
  }

  /** Adds the last piece of the text: the definitions that it needs, and its source. */
  function settlePiece(text: string, end: number): [definitions: string, source: string] {
    const source = copy(text, part, end)
    if (!isMarkdown) return ['', source]
    if (container?.shape?.tag === 'pre') {
      references.skip(end)
      return ['', source]
    }
    const definitions = references.read(text, end)
    pieces.push([blocks.length, parts.length])
    isDivisible = references.settle(source, part === tail)
    return [definitions, source]
  }

  function settlePart(text: string, end: number) {
    const [definitions, source] = settlePiece(text, end)
    parts.push({
      key: part,
      text: definitions + head + source + (container?.foot ?? ''),
      settled: true,
    })
    needed += definitions
    // A parser would drop the leading space of a continuation, as at the start of a paragraph.
    head = container?.head ?? (source.endsWith(' ') ? '&#32;' : '')
    part = end
  }

  /** The tail as a block, up to the source of its last part. */
  function tailBlock(
    before: string,
    definitions: string,
    source: string,
    shown: OpenContainer | undefined,
    settled: boolean,
  ): TextBlock {
    const shape = shown?.shape
    const block = { key: tail, text: needed + definitions + before + source, settled }
    // A paragraph is a container only if it is divided.
    if (!shape || (shape.tag === 'p' && parts.length === 0)) return block
    const last = { key: part, text: definitions + head + source, settled }
    return { ...block, container: { ...shape, parts: [...parts, last] } }
  }

  function settle(text: string, end: number) {
    const [definitions, source] = settlePiece(text, end)
    const block = tailBlock(copy(text, tail, part), definitions, source, container, true)
    const index = blocks.push(block) - 1
    if (isMarkdown && container?.shape?.tag !== 'pre') provisional[index] = provisionalOf(block)
    show(index, block)
    tail = part = end
    isBlank = isAfterBlank = true
    open = [nothing]
    hasList = false
    container = undefined
    parts = []
    needed = head = ''
  }

  /** Whether a line with this beginning starts a new block, whatever follows. */
  function beginsBlock(start: string): boolean {
    if (!isMarkdown)
      return start > '' && (isAfterBlank ? start[0] !== '\n' : line - tail >= longParagraph)
    if (open.some(hides)) return false
    if (/^#{1,6}[ \t]/.test(start)) return true
    // An indented line may belong to a list or to indented code, and a marker may continue a list.
    const goesOn = hasList ? /^([-+*]|\d+[.)]?)?([<>\s]|$)/ : /^(\s|$)/
    return isAfterBlank && !goesOn.test(start)
  }

  /** The container including the unfinished last line; `'after'` if the line starts another block. */
  function readOn(content: string): OpenContainer | 'after' | undefined {
    if (!isMarkdown) return undefined
    // A paragraph is recognised by its first characters, other containers by their first complete line.
    if (isBlank) return (container ??= divide(content.slice(0, 4), false))
    return !hasList && !open.some(hides) && fence.test(content)
      ? 'after'
      : container?.read(content, isAfterBlank, line - part > 2 * partLength)
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
    let current: OpenContainer | 'after' | undefined
    while (isDivisible) {
      if (!isBlank && beginsBlock(text.slice(line, line + 12))) settle(text, line)
      lineEnd.lastIndex = read
      const match = lineEnd.exec(text)
      read = match?.index ?? text.length
      const content = text.slice(line, read)
      current = readOn(content)
      if (current === container) cutLine(text)
      // A CR at the end may be half of a CRLF.
      const isWhole = match && (match[0] !== '\r' || lineEnd.lastIndex < text.length)
      if (!isWhole && !(ended && line < text.length)) break

      if (current === 'after') {
        settle(text, line)
        continue
      }
      if (!current) parts = []
      else if (current.isStart && line - part >= partLength) settlePart(text, line)
      container = isMarkdown && isBlank ? (current ?? divide(content, true)) : current
      readLine(content)
      line = read = match ? lineEnd.lastIndex : text.length
    }
    if (ended && isDivisible && tail < text.length) settle(text, text.length)
    if (!isDivisible) return [{ key: 0, text: ended ? text : repair(text), settled: ended }]
    if (ended) return [...blocks]
    return tail === text.length ? [...shown] : [...shown, ...liveBlocks(text, current)]
  }

  /** Ends parts within the unfinished last line. */
  function cutLine(text: string) {
    for (let at; (at = container?.cut?.(text, part, read, partLength)) !== undefined;) {
      settlePart(text, at)
    }
  }

  /** The tail, and the block after it if the last line may start one. */
  function liveBlocks(text: string, current: OpenContainer | 'after' | undefined): TextBlock[] {
    const isAfter = current === 'after'
    const isCode = container?.shape?.tag === 'pre'
    // An unfinished line may still start another part.
    const known = isAfter || (container && !container.cut) ? line : text.length
    if (isCode) references.skip(known)
    const needs = isMarkdown
      ? references.read(text, known, isCode && !isAfter ? known : text.length)
      : ''
    const before = text.slice(tail, part)
    if (!isAfter) {
      const live = repair(head + text.slice(part)).slice(head.length)
      return [tailBlock(before, needs, live, current, false)]
    }
    const rest = { key: line, text: needs + repair(text.slice(line)), settled: false }
    return [tailBlock(before, needs, text.slice(part, line), container, false), rest]
  }
}

/** A copy of a block with new text and parts. */
function rewrite(
  block: TextBlock,
  change: (text: string) => string,
  changePart: (text: string, index: number) => string = change,
): TextBlock {
  const { container } = block
  const parts = container?.parts.map((part, at) => ({ ...part, text: changePart(part.text, at) }))
  const text = change(block.text)
  return { ...block, text, ...(container && parts && { container: { ...container, parts } }) }
}

/**
 * Copies a piece of a text. A slice would keep the whole text in memory, and a concatenated string would keep
 * its pieces.
 */
const copy = (text: string, start: number, end: number): string =>
  end > start ? [text.slice(start, end - 1), text.slice(end - 1, end)].join('') : ''
