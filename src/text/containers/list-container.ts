import { fence, fenceEnd } from '../open-construct.ts'
import type { OpenContainer } from './open-container.ts'

const thematicBreak = /^ {0,3}([-*_])([ \t]*\1){2,}[ \t]*$/

/** An item whose marker is followed by a tab. These are rare, so they are not supported. */
const tabbedItem = /^ {0,3}([-+*]|\d{1,9}[.)])\t/

/** Whether a line ends a list, whatever comes before it. */
const endsList = (line: string): boolean =>
  /^ {0,3}(#{1,6}(\s|$)|>)/.test(line) || fence.test(line) || thematicBreak.test(line)

/** A line that is certainly paragraph text. */
const plainText = /^(\[[ x]\] )?(\*\*)?[\p{L}"“(][^|]*$/u

interface ItemStart {
  /** What all items of a list have in common. */
  readonly marker: string
  readonly number: string | undefined
  /** The column at which the content of the item begins. */
  readonly column: number
  readonly content: string
}

function itemStart(line: string): ItemStart | undefined {
  const [all, marker, number, after = ''] =
    /^ {0,3}([-+*]|(\d{1,9})[.)])( {1,4}(?=[^ \t])|(?= |$))/.exec(line) ?? []
  if (all === undefined || marker === undefined || thematicBreak.test(line)) return undefined
  const column = all.length + (after ? 0 : 1)
  return { marker: marker.slice(-1), number, column, content: line.slice(column).trimEnd() }
}

/** The item that is being read. */
interface Item {
  readonly column: number
  /** The last item of a list inside this item, if that list is open. */
  readonly nested?: ItemStart | undefined
  /** The pattern that closes the fence that is open in this item. */
  readonly fenceEnd?: string | undefined
  /** The pattern that closes the fence that is open in the nested list. */
  readonly nestedFenceEnd?: string | undefined
  readonly isEmpty?: boolean
  /** Whether its last line is plain text that another line can continue from the margin. */
  readonly isText: boolean
  /** Whether only a complete parser can tell what a blank line in it means. */
  readonly isOpaque: boolean
}

/** The pattern that closes the fence that is open after a line. `end` closes the one that was open before it. */
function fenceAfter(line: string, end?: string): string | undefined {
  const content = line.trimStart()
  if (end !== undefined) return new RegExp(end).test(content) ? undefined : end
  const [, marker] = fence.exec(content) ?? []
  return marker && fenceEnd(marker)
}

/** Reads a line of an item: its content, without the indentation of the item. */
function readContent(item: Item, content: string, isAfterBlank: boolean): Item {
  const { column, nested } = item
  if (item.fenceEnd !== undefined) {
    return { ...item, fenceEnd: fenceAfter(content, item.fenceEnd) }
  }
  // Inside the nested item.
  if (nested && content.search(/[^ ]/) >= nested.column) {
    return { ...item, isText: false, nestedFenceEnd: fenceAfter(content, item.nestedFenceEnd) }
  }
  const isText = plainText.test(content) && !nested && (item.isText || isAfterBlank)
  const [, marker] = fence.exec(content) ?? []
  if (marker !== undefined) {
    return { ...item, nested: undefined, fenceEnd: fenceEnd(marker), isText: false }
  }
  const start = itemStart(content)
  // A number or an empty item may be text here, and any other line may or may not end the nested list.
  const isOpaque =
    item.isOpaque ||
    /^ {0,3}</.test(content) ||
    (start
      ? !isAfterBlank &&
        (!start.content || (!nested && /^\d+$/.test(start.number ?? '') && start.number !== '1'))
      : nested !== undefined && !isAfterBlank)
  return { column, nested: start ?? (isAfterBlank ? undefined : nested), isText, isOpaque }
}

function openItem({ column, content }: ItemStart): Item {
  const item = { column, isText: true, isOpaque: !content }
  return content ? readContent(item, content, true) : { ...item, isText: false, isEmpty: true }
}

/** Replaces the tabs before the first character with spaces. */
function spaced(line: string): string {
  while (/^ *\t/.test(line)) {
    line = line.replace(/^( *)\t/, (_, before: string) =>
      before.padEnd(before.length + 4 - (before.length % 4)),
    )
  }
  return line
}

/** A list at the top level, divided between its items. */
export function listContainer(first: string): OpenContainer | undefined {
  const start = itemStart(first)
  if (!start) return undefined
  const { marker, number } = start

  const open = (item: Item, loose: boolean, isStart: boolean): OpenContainer => ({
    shape:
      number === undefined ? { tag: 'ul', loose } : { tag: 'ol', start: Number(number), loose },
    isStart,
    read(tabbed, isAfterBlank) {
      const line = spaced(tabbed)
      const indent = line.search(/[^ ]/)
      if (indent < 0) return open(item, loose, false)
      if (indent >= item.column) {
        if (isAfterBlank && (item.isEmpty || (!loose && item.isOpaque))) return undefined
        const content = line.slice(item.column)
        const isInside =
          item.fenceEnd !== undefined ||
          (item.nested &&
            (content.search(/[^ ]/) >= item.nested.column ||
              itemStart(content)?.marker === item.nested.marker))
        return open(
          readContent(item, content, isAfterBlank),
          loose || (isAfterBlank && !isInside),
          false,
        )
      }
      const next = itemStart(line)
      if (next?.marker === marker) {
        const isInDoubt =
          isAfterBlank &&
          !loose &&
          ((item.fenceEnd ?? item.nestedFenceEnd) !== undefined || item.isOpaque)
        return isInDoubt ? undefined : open(openItem(next), loose || isAfterBlank, true)
      }
      if (tabbedItem.test(line) || (isAfterBlank && indent > 3)) return undefined
      if (isAfterBlank || endsList(line)) return 'after'
      return item.isText && plainText.test(line.trimStart()) ? open(item, loose, false) : undefined
    },
  })
  return open(openItem(start), false, false)
}
