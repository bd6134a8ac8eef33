/** A figure of the benchmark, as in its results file. */
export interface Figure {
  readonly value: string
  readonly meaning: string
}

/** The cells of the first row whose first cell contains the words. */
function rowWith(results: string, words: string): readonly string[] {
  const row = results.split('\n').find((line) => (line.split('|')[1] ?? '').includes(words))
  return row?.split('|').map((cell) => cell.trim()) ?? []
}

/** The section of the results below a heading. */
function section(results: string, heading: string): string {
  const [, after = ''] = results.split(`\n## ${heading}\n`)
  return after.split('\n## ')[0] ?? ''
}

/** Three figures from `bench/RESULTS.md`. Figures that the file does not have are omitted. */
export function figuresOf(results: string): readonly Figure[] {
  const burst = section(results, '10,000 deltas at once')
  const ours = rowWith(burst, '`useTextBlocks`')[3]?.split(' ')[0]
  const theirs = rowWith(burst, 'AI SDK `useCompletion`')[3]?.split(' ')[0]
  const commits = rowWith(results, 'hooks-100, blocks: most React commits in one frame')[3]
  const markdown = rowWith(results, 'Markdown: cost of an update without blocks')[3]
  return [
    {
      value: ours && theirs && `${ours} ms`,
      meaning: `of main thread for 10,000 deltas at once. The AI SDK takes ${theirs ?? ''}\u00a0ms.`,
    },
    {
      value: commits,
      meaning: 'React commit per frame at most, with 100 streams on the page.',
    },
    {
      value: markdown?.replace(' ×', '×'),
      meaning: 'less work to update a long Markdown answer in blocks than as a whole.',
    },
  ].filter((figure): figure is Figure => Boolean(figure.value))
}
