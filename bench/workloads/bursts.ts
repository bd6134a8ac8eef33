import { aiSdk, aiSdkThrottled, ours, peer, tanstack, xSdk, type Workload } from './workload.ts'

/** The whole answer at once, as from a cache or after a stalled network. */
export function bursts(quick: boolean): readonly Workload[] {
  const burst = { scenario: 'stream', rate: 0, streams: 1, quickRepeats: 1 } as const
  const responses = [ours('blocks'), ours('pre'), peer('floor'), peer('naive'), peer('openai')]
  const chat = [
    ours('blocks', 'chat'),
    ours('pre', 'chat'),
    peer('floor', 'chat'),
    peer('openai', 'chat'),
  ]
  const others = [
    peer('own-frame'),
    peer('fetch-event-source'),
    aiSdk,
    aiSdkThrottled,
    tanstack,
    xSdk,
  ]
  return [
    {
      ...burst,
      name: 'burst-10k',
      title: '10,000 deltas at once',
      answer: { kind: 'prose', deltas: 10_000 },
      entries: quick ? [...responses, aiSdkThrottled] : [...responses, ...chat, ...others],
      cap: quick ? 5_000 : 15_000,
    },
    {
      ...burst,
      name: 'burst-100k',
      title: '100,000 deltas at once',
      answer: { kind: 'prose', deltas: 100_000 },
      entries: quick
        ? [...responses.slice(0, 4), ...chat.slice(0, 3)]
        : [...responses, ...chat, ...others],
      cap: quick ? 10_000 : 30_000,
    },
    {
      ...burst,
      name: 'burst-tasks',
      title: '100,000 deltas at once, traced: the longest tasks',
      scenario: 'tasks',
      answer: { kind: 'prose', deltas: 100_000 },
      entries: quick ? responses.slice(0, 3) : [...responses, ...chat.slice(0, 3)],
      cap: 30_000,
    },
  ]
}
