import type { OpenContainer } from './open-container.ts'

const row = /^ {0,3}\|/
const delimiters = /^ {0,3}\|[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

/** How many cells a row has, with a bar before the first one. */
const cellsIn = (line: string): number =>
  line
    .replace(/\\[\\|]/g, '')
    .replace(/\|?[ \t]*$/, '')
    .split('|').length

/** A table whose rows all begin with a bar, divided between its rows. */
export function tableContainer(head: string): OpenContainer | undefined {
  const open = (delimiterRow: string): OpenContainer => {
    const inside: OpenContainer = {
      shape: { tag: 'table' },
      head: `${head}\n${delimiterRow}\n`,
      read(line, isAfterBlank) {
        if (!line.trim()) return inside
        if (isAfterBlank) return 'after'
        // Without a bar it may be a row, or anything that ends the table.
        return row.test(line) ? { ...inside, isStart: true } : undefined
      },
    }
    return inside
  }
  if (!row.test(head)) return undefined
  return {
    shape: undefined,
    read: (line) =>
      delimiters.test(line) && cellsIn(line) === cellsIn(head) ? open(line) : undefined,
  }
}
