/** A row, and below it the one that makes a table of it. */
const headRow = /^\|.*\|$(?=\n\|[ :|-]+\|$)/gm

/** Names the columns of Markdown tables whose heads are empty: a screen reader reads them out. */
export function fillTableHeads(markdown: string): string {
  return markdown.replaceAll(headRow, (row) =>
    row.replace(/^\|\s*\|/, '| Case |').replace(/\|\s*\|$/, '| Result |'),
  )
}
