import type { WireEvent } from 'use-streaming-completion'

/** A wire event, and the piece of the answer that it contains. */
export interface TiedEvent {
  readonly number: number
  readonly name: string | undefined
  readonly data: string
  /** The range of its piece in the answer; empty if it contains none. */
  readonly from: number
  readonly to: number
}

/** Finds the next piece of the answer in an event of any format. */
export function tieEvent(
  { event, data, json }: WireEvent,
  answer: string,
  before: TiedEvent | undefined,
): TiedEvent {
  const from = before?.to ?? 0
  const rest = answer.slice(from)
  const pieces = (json === undefined ? [data] : stringsIn(json)).filter(
    (piece) => piece !== '' && rest.startsWith(piece),
  )
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '')
  const to = from + longest.length
  return { number: (before?.number ?? 0) + 1, name: event, data, from, to }
}

function stringsIn(json: unknown): string[] {
  if (typeof json === 'string') return [json]
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(stringsIn) : []
}
