import { ours, type Workload } from './workload.ts'

/** One block that grows long: an update at its end should cost as much as one at its beginning. */
export function division(quick: boolean): readonly Workload[] {
  const blocks = [
    { kind: 'code', size: 52_000, rate: 2000, what: 'a code fence' },
    { kind: 'list', size: 68_000, rate: 2000, what: 'a list' },
    { kind: 'table', size: 24_000, rate: 1000, what: 'a table' },
    { kind: 'paragraph', size: 24_000, rate: 1000, what: 'a paragraph' },
  ] as const
  return blocks.map(({ kind, size, rate, what }) => ({
    name: `division-${kind}`,
    title: `${what} of ${size / 1000} kB at ${rate.toLocaleString('en')} tokens/s, divided into parts`,
    scenario: 'division',
    answer: { kind, deltas: size / 4 },
    rate,
    streams: 1,
    entries: [ours('markdown-parts')],
    cap: 30_000,
    quickRepeats: quick && kind === 'list' ? 1 : 0,
  }))
}
