import { aiSdk, aiSdkThrottled, ours, oursEvery, peer, type Workload } from './workload.ts'

/** Many streams on one page, as when models are compared or agents work side by side. */
export function manyHooks(quick: boolean): readonly Workload[] {
  const seconds = quick ? 2 : 5
  const hooks = {
    scenario: 'stream',
    answer: { kind: 'prose', deltas: 100 * seconds },
    rate: 100,
    cap: 20_000,
  } as const
  const few = [ours('blocks'), ours('pre'), oursEvery, peer('naive'), aiSdkThrottled]
  return [
    {
      ...hooks,
      name: 'hooks-20',
      title: `20 hooks at 100 tokens/s for ${seconds} s`,
      streams: 20,
      entries: quick
        ? [ours('blocks'), oursEvery, peer('naive'), aiSdkThrottled]
        : [...few, peer('own-frame'), peer('openai'), aiSdk],
      quickRepeats: 1,
    },
    {
      ...hooks,
      name: 'hooks-100',
      title: `100 hooks at 100 tokens/s for ${seconds} s`,
      streams: 100,
      entries: few,
      quickRepeats: 0,
    },
  ]
}
