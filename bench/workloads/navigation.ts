import { aiSdk, aiSdkThrottled, ours, peer, type Workload } from './workload.ts'

/** Going to another page in a transition while a stream runs. */
export function navigation(quick: boolean): readonly Workload[] {
  return [
    {
      name: 'navigation',
      title: 'a transition to another page under 200 tokens/s',
      scenario: 'navigation',
      answer: { kind: 'prose', deltas: 400 },
      rate: 200,
      streams: 1,
      entries: quick
        ? [ours('blocks'), aiSdk]
        : [ours('blocks'), ours('pre'), peer('naive'), peer('own-frame'), aiSdk, aiSdkThrottled],
      cap: 30_000,
      quickRepeats: 1,
    },
  ]
}
