import Markdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { fillTableHeads } from '../parts/fill-table-heads.ts'
import { ScrollingTable } from '../parts/scrolling-table.tsx'

const remarkPlugins = [remarkGfm]
const components = {
  table: ({ children }: { children?: React.ReactNode }) => (
    <ScrollingTable>{children}</ScrollingTable>
  ),
}

/** The complete results of the benchmark. */
export function BenchmarkResults({ results }: { results: string }) {
  return (
    <Markdown remarkPlugins={remarkPlugins} components={components}>
      {fillTableHeads(results)}
    </Markdown>
  )
}
