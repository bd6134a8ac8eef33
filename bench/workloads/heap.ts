import { ours, peer, type Workload } from './workload.ts'

/** The memory retained after an answer of 1 MB, while it is still shown. */
export function heap(): readonly Workload[] {
  return [
    {
      name: 'heap',
      title: 'what a 1 MB answer leaves in memory',
      scenario: 'heap',
      answer: { kind: 'prose', deltas: 200_000 },
      rate: 0,
      streams: 1,
      entries: [ours('pre'), peer('floor'), peer('naive'), peer('openai')],
      cap: 30_000,
      quickRepeats: 0,
    },
  ]
}
