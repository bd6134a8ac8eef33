import Markdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { ScrollingTable } from '../parts/scrolling-table.tsx'

const remarkPlugins = [remarkGfm]
const components = {
  table: ({ children }: { children?: React.ReactNode }) => (
    <ScrollingTable>{children}</ScrollingTable>
  ),
}

/** A row, and below it the one that makes a table of it. */
const headRow = /^\|.*\|$(?=\n\|[ :|-]+\|$)/gm

/** Names the columns that the file leaves without a name: what is measured, and whether it met its goal. */
const fillHead = (row: string) =>
  row.replace(/^\|\s*\|/, '| Case |').replace(/\|\s*\|$/, '| Result |')

/** The results file of the benchmark, whole. */
export function BenchmarkResults({ results }: { results: string }) {
  return (
    <Markdown remarkPlugins={remarkPlugins} components={components}>
      {results.replaceAll(headRow, fillHead)}
    </Markdown>
  )
}
