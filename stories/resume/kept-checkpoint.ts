import type { Checkpoint } from 'use-streaming-completion'

const key = 'resume-story'

/** The checkpoint that an earlier load of this page stored in session storage. */
export function readKeptCheckpoint(): Checkpoint | undefined {
  const kept = sessionStorage.getItem(key)
  return kept === null ? undefined : (JSON.parse(kept) as Checkpoint)
}

export function keepCheckpoint(checkpoint: Checkpoint | undefined): void {
  if (checkpoint === undefined) sessionStorage.removeItem(key)
  else sessionStorage.setItem(key, JSON.stringify(checkpoint))
}
