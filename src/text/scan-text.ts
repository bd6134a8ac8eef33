import type { DivideContainer, OpenContainer } from './containers/open-container.ts'
import { createLinkReferences } from './link-references.ts'
import { fence, hides, never, nothing, openAfter, type OpenConstruct } from './open-construct.ts'
import type { TextBlock, TextFormat, TextPart } from './text-block.ts'

/** The length from which a plain block ends with the line, though the paragraph goes on. */
const longParagraph = 2000

/** How many possibilities are followed up; a text that leaves more open is not divided further. */
const manyPossibilities = 8

/**
 * Divides a text that grows by appending. Each call gets the whole text, reads what is new, and
 * returns the settled blocks and the tail, in a new array. A part of a container ends where it can
 * once it has `partLength` UTF-16 code units; what is live in the end goes through `repair`.
 */
export function createScan(
  format: TextFormat,
  divide: DivideContainer = () => undefined,
  repair: (text: string) => string = (text) => text,
  partLength = 1000,
): (text: string, ended: boolean) => TextBlock[] {
  const isMarkdown = format === 'markdown'
  // A lone CR ends a line of Markdown, but is a space to CSS.
  const lineEnd = isMarkdown ? /\r\n?|\n/g : /\n/g
  const blocks: TextBlock[] = []
  /** The settled blocks as they are shown while the text grows, with definitions that may still come. */
  const shown: TextBlock[] = []
  const provisional: string[] = []
  /** Of each piece that the references count: its block, and its part of that. */
  const pieces: [block: number, part: number][] = []
  const references = createLinkReferences(carry)
  let isDivisible = true
  /** Where the tail begins, where the line begins that is not whole yet, and how far that was read. */
  let tail = 0
  let line = 0
  let read = 0
  let isBlank = true
  let open: OpenConstruct[] = [nothing]
  let hasList = false
  let isAfterBlank = true
  /** What the tail is divided as, and its settled parts with the definitions that they need. */
  let container: OpenContainer | undefined
  let parts: TextPart[] = []
  let needed = ''
  /** Where the last part begins, and what stands before it. */
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
    // If a label has several definitions, the first one applies: the real one, once it is there.
    shown[index] = added === '' ? block : rewrite(block, (to) => to + added)
  }

  /** The definitions of references that have none yet, as `repair` adds them to a live block. */
  function provisionalOf({ text }: TextBlock): string {
    if (!text.includes('][')) return ''
    return /(?:\n\n\[[^[\]]+\]: #)+$/.exec(repair(text.trimEnd()))?.[0] ?? ''
  }

  /** Takes in the last piece of the text: the definitions that it needs, and its source. */
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
    // What a paragraph goes on with, a parser would take for its beginning, and drop the space.
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
    // A paragraph is a container only when it is divided.
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

  /** Whether a line that begins so begins a block, whatever follows. */
  function beginsBlock(start: string): boolean {
    if (!isMarkdown)
      return start > '' && (isAfterBlank ? start[0] !== '\n' : line - tail >= longParagraph)
    if (open.some(hides)) return false
    if (/^#{1,6}[ \t]/.test(start)) return true
    // What is indented may belong to a list or to indented code, and a list goes on with a marker.
    const goesOn = hasList ? /^([-+*]|\d+[.)]?)?([<>\s]|$)/ : /^(\s|$)/
    return isAfterBlank && !goesOn.test(start)
  }

  /** What the container is with the last line, as far as it is there: another block if `'after'`. */
  function readOn(content: string): OpenContainer | 'after' | undefined {
    if (!isMarkdown) return undefined
    // A paragraph is one from its first characters on, another container from its first whole line.
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

  /** Ends parts within the last line, as far as it was read. */
  function cutLine(text: string) {
    for (let at; (at = container?.cut?.(text, part, read, partLength)) !== undefined;) {
      settlePart(text, at)
    }
  }

  /** The tail, and what follows it if the last line may begin another block. */
  function liveBlocks(text: string, current: OpenContainer | 'after' | undefined): TextBlock[] {
    const isAfter = current === 'after'
    const isCode = container?.shape?.tag === 'pre'
    // A line that is not whole may turn out to begin another part.
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

/** A block whose text and parts are written anew. */
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
 * A piece of a text that does not keep all of it in memory, as a slice would; joined, for what is
 * added up is kept as its pieces.
 */
const copy = (text: string, start: number, end: number): string =>
  end > start ? [text.slice(start, end - 1), text.slice(end - 1, end)].join('') : ''
