import { ours, type Workload } from './workload.ts'

/**
 * One long Markdown answer, rendered as it grows. 1 MB at 2,000 tokens/s takes two minutes, so only its first
 * and last parts are streamed at that speed and measured, and the middle is sent at once.
 */
export function markdown(quick: boolean): readonly Workload[] {
  const deltas = quick ? 12_000 : 40_000
  const seconds = deltas / 4 / 2000
  return [
    {
      name: 'markdown',
      title: `a Markdown answer of ${(deltas * 25) / 1000} kB, its first and last ${seconds} s at 2,000 tokens/s`,
      scenario: 'ends',
      answer: { kind: 'markdown', deltas },
      rate: 2000,
      streams: 1,
      entries: [ours('markdown-blocks'), ours('markdown')],
      cap: quick ? 15_000 : 60_000,
      quickRepeats: 1,
    },
  ]
}
