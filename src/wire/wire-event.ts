/**
 * One event as the wire carries it: a server-sent event, a line of newline-delimited JSON, a stretch
 * of plain text, or an object that a source yielded.
 */
export interface WireEvent {
  /** The `event` field of a server-sent event; `undefined` where it has none or there are no fields. */
  readonly event: string | undefined
  /** The `id` field of a server-sent event. */
  readonly id: string | undefined
  /** The data as text, as it came. */
  readonly data: string
  /** `data` parsed; `undefined` where it is not JSON. */
  readonly json: unknown
}

/** The event of a framing that has no fields. */
export function textEvent(data: string, json: unknown): WireEvent {
  return { event: undefined, id: undefined, data, json }
}

/** The event that an already parsed value stands for. Its text is made only when it is asked for. */
export function eventOfValue(json: unknown): WireEvent {
  return {
    event: undefined,
    id: undefined,
    get data() {
      return stringify(json)
    },
    json,
  }
}

/** Objects of a source may be nested too deep for JSON, or lead back to themselves. */
function stringify(json: unknown): string {
  try {
    return JSON.stringify(json)
  } catch {
    return 'an object that is no JSON'
  }
}
