import type { Checkpoint } from 'use-streaming-completion'

/** Where the proxy lets the page follow a response that runs in the background. */
export function followUrl({ responseId = '', sequenceNumber }: Checkpoint): string {
  const query = sequenceNumber === undefined ? '' : `?starting_after=${sequenceNumber}`
  return `/api/responses/${responseId}${query}`
}
