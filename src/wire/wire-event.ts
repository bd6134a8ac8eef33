/**
 * One event as it was received: a server-sent event, a line of newline-delimited JSON, a piece of plain
 * text, or an object from a source.
 */
export interface WireEvent {
  /**
   * The `event` field of a server-sent event; `undefined` if it has none or the framing has no fields.
   */
  readonly event: string | undefined
  /** The `id` field of a server-sent event. */
  readonly id: string | undefined
  /** The data as text, unchanged. */
  readonly data: string
  /** `data` parsed; `undefined` if it is not JSON. */
  readonly json: unknown
}

/** The event of a framing that has no fields. */
export function textEvent(data: string, json: unknown): WireEvent {
  return { event: undefined, id: undefined, data, json }
}

/** The event of a value that is already parsed. Its text is created when it is read. */
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

/** Objects of a source may be circular, or nested too deep for JSON. */
function stringify(json: unknown): string {
  try {
    return JSON.stringify(json)
  } catch {
    return 'an object that is not JSON'
  }
}
