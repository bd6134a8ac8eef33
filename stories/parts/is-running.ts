import type { CompletionState } from 'use-streaming-completion'

/** Whether a run is under way. */
export const isRunning = ({ status }: Pick<CompletionState, 'status'>): boolean =>
  status === 'connecting' || status === 'streaming'
