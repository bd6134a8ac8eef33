import type { CompletionTiming } from './state.ts'

/** The timing of a run that starts now. */
export function beginTiming(): CompletionTiming {
  return {
    startedAt: performance.now(),
    responseAt: undefined,
    firstTokenAt: undefined,
    lastByteAt: undefined,
    settledAt: undefined,
    textEvents: 0,
    longestGap: 0,
  }
}
