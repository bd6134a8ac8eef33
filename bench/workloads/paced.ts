import {
  aiSdk,
  aiSdkThrottled,
  ours,
  oursEvery,
  ownFrameInBlocks,
  peer,
  tanstack,
  xSdk,
  type Workload,
} from './workload.ts'

/** One stream at the speed of a model, and at the speed of the fastest models. */
export function paced(quick: boolean): readonly Workload[] {
  const seconds = quick ? 2 : 5
  const stream = { scenario: 'stream', streams: 1, cap: 15_000 } as const
  return [
    {
      ...stream,
      name: 'paced-200',
      title: `200 tokens/s for ${seconds} s`,
      answer: { kind: 'prose', deltas: 200 * seconds },
      rate: 200,
      entries: [ours('blocks'), ours('pre'), peer('naive'), aiSdkThrottled],
      quickRepeats: 0,
    },
    {
      ...stream,
      name: 'paced-2000',
      title: `2,000 tokens/s for ${seconds} s`,
      answer: { kind: 'prose', deltas: 2000 * seconds },
      rate: 2000,
      entries: quick
        ? [ours('blocks'), oursEvery, peer('naive'), aiSdkThrottled]
        : [
            ours('blocks'),
            ours('pre'),
            oursEvery,
            peer('floor'),
            peer('naive'),
            peer('own-frame'),
            ownFrameInBlocks,
            peer('openai'),
            aiSdk,
            aiSdkThrottled,
            tanstack,
            xSdk,
          ],
      quickRepeats: 1,
    },
  ]
}
