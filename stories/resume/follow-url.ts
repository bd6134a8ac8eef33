import type { Checkpoint } from 'use-streaming-completion'

/** The URL at which the proxy serves a background response. */
export function followUrl({ responseId = '', sequenceNumber }: Checkpoint): string {
  const query = sequenceNumber === undefined ? '' : `?starting_after=${sequenceNumber}`
  return `/api/responses/${responseId}${query}`
}
