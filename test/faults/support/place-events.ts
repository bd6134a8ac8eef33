import type { StreamEvent } from './delivered.ts'

/** The effect of the events of an answer that continues earlier ones. */
export interface Placing {
  /** The events that take effect, in order. */
  readonly fresh: readonly StreamEvent[]
  /** Whether the stream cannot continue after them. */
  readonly isBroken: boolean
  /** The event that shows this, if the app receives it. */
  readonly refused: StreamEvent | undefined
}

/** Finds the new events of a continued stream, by their numbers or ids. */
export function placeEvents(
  events: readonly StreamEvent[],
  before: readonly StreamEvent[],
): Placing {
  const fresh: StreamEvent[] = []
  const broken = (refused?: StreamEvent): Placing => ({ fresh, isBroken: true, refused })
  const known = before.filter(hasPlace)
  let last = known.at(-1)
  if (!last) return { fresh: events, isBroken: false, refused: undefined }

  let isAmongKnown = false
  let isPlaced = false
  for (const event of events) {
    const same = known.find((other) => keyOf(other) === keyOf(event))
    if (!hasPlace(event)) {
      if (isAmongKnown) continue
      if (!isPlaced && saysSomething(event.data)) return broken(event)
      fresh.push(event)
    } else if (same?.data === event.data) {
      isAmongKnown = isPlaced = true
    } else if (isOther(same, event, last) || (!isPlaced && isOpening(before[0], event))) {
      return broken()
    } else {
      isAmongKnown = false
      isPlaced = true
      last = event
      fresh.push(event)
    }
  }
  return { fresh, isBroken: false, refused: undefined }
}

export function hasPlace({ id, sequenceNumber }: StreamEvent): boolean {
  return id !== undefined || sequenceNumber !== undefined
}

const keyOf = ({ id, sequenceNumber }: StreamEvent) => sequenceNumber ?? id

/** Whether an event cannot come after the last one under the number or id that it has. */
function isOther(same: StreamEvent | undefined, event: StreamEvent, last: StreamEvent): boolean {
  if (event.sequenceNumber !== undefined) return event.sequenceNumber !== last.sequenceNumber! + 1
  // Several events may share an id, and the last id may continue in the next answer.
  return same !== undefined && event.id !== last.id
}

/** Whether an event without content is sent again under another id. */
function isOpening(first: StreamEvent | undefined, event: StreamEvent): boolean {
  const { sequenceNumber, data } = event
  return sequenceNumber === undefined && data === first?.data && data.includes('"role"')
}

/** Whether an event is more than an end marker, an error, or metadata of the whole stream. */
function saysSomething(data: string): boolean {
  return ![
    /^\[DONE\]$/,
    /^\{"error"/,
    /"choices":\[\]/,
    /"content":""/,
    /^\{"type":"response\.(created|in_progress)"/,
  ].some((nothing) => nothing.test(data))
}
