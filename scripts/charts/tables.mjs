/**
 * The tables of a Markdown file, each as rows of cells, by the heading above it.
 *
 * @param {string} markdown
 * @returns {Record<string, string[][]>}
 */
export function tablesOf(markdown) {
  return Object.fromEntries(
    markdown.split(/^##? /m).map((section) => [
      section.split('\n')[0],
      section
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((line) =>
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ),
    ]),
  )
}

/** The number that a cell begins with: `1,553 (1,274–1,781)` is 1553. */
export const numberOf = (cell = '') => Number.parseFloat(cell.replaceAll(',', ''))
