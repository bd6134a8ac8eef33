import { aiSdkThrottled, ours, peer, type Workload } from './workload.ts'

/** Typing into an input while a burst is read. */
export function typing(quick: boolean): readonly Workload[] {
  return [
    {
      name: 'typing',
      title: 'typing during 100,000 deltas at once',
      scenario: 'typing',
      answer: { kind: 'prose', deltas: 100_000 },
      rate: 0,
      streams: 1,
      entries: quick
        ? [ours('blocks'), peer('naive')]
        : [ours('blocks'), ours('pre'), peer('naive'), peer('openai'), aiSdkThrottled],
      cap: 30_000,
      quickRepeats: 1,
    },
  ]
}
