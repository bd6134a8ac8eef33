/** A table head and its delimiter row. */
const headRow = /^\|.*\|$(?=\n\|[ :|-]+\|$)/gm

/** Names the columns of Markdown tables with empty heads, for screen readers. */
export function fillTableHeads(markdown: string): string {
  return markdown.replaceAll(headRow, (row) =>
    row.replace(/^\|\s*\|/, '| case |').replace(/\|\s*\|$/, '| result |'),
  )
}
