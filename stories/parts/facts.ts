import type { CompletionState } from 'use-streaming-completion'

export interface Fact {
  readonly name: string
  readonly value: string | undefined
  readonly note?: string | undefined
}

/** The known facts about a run. */
export function factsOf({ timing, usage }: CompletionState): Fact[] {
  const total = between(timing?.startedAt, timing?.settledAt ?? timing?.lastByteAt)
  const writing = between(timing?.firstTokenAt, timing?.settledAt ?? timing?.lastByteAt)
  const tokens = usage?.outputTokens ?? timing?.textEvents
  const rate = writing && tokens ? tokens / (writing / 1000) : undefined
  return [
    { name: 'First token', value: duration(between(timing?.startedAt, timing?.firstTokenAt)) },
    { name: 'Total', value: duration(total) },
    {
      name: 'Tokens/s',
      // Counts one token per event until the provider reports usage.
      value: rate === undefined ? undefined : `${usage ? '' : '≈ '}${rate.toFixed(0)}`,
    },
    { name: 'Longest gap', value: duration(timing?.longestGap) },
    { name: 'Text events', value: timing?.textEvents.toString() },
    { name: 'Tokens in', value: usage?.inputTokens?.toString() },
    {
      name: 'Tokens out',
      value: usage?.outputTokens?.toString(),
      note: usage?.reasoningTokens ? `${usage.reasoningTokens} reasoning` : undefined,
    },
  ]
}

function between(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from)
}

/** Milliseconds below a second, seconds above. */
export function duration(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) return undefined
  return milliseconds < 1000
    ? `${milliseconds.toFixed(0)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`
}
