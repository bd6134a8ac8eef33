import { apiError } from '../errors/api.ts'
import { malformedEvent } from '../errors/protocol.ts'
import { isDoneMarker } from '../wire/done-marker.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { Emit } from './vocabulary/completion-event.ts'
import { isRecord, type JsonRecord } from '../json/json-record.ts'

/** The data, name or type of an event that only keeps the connection alive. */
export const keepAlive: RegExp = /^\s*(ping|heart-?beat|keep-?alive)\s*$/i

/** Whether an event is the marker that ends a stream. */
export function isDoneEvent({ json, data }: WireEvent): boolean {
  return !isRecord(json) && isDoneMarker(data)
}

/**
 * The JSON object of an event. Emits a failure if the data should be JSON and is not. Returns `undefined`
 * then, and for everything without an object: keep-alives sent as data, blank data, events with a custom
 * name, other JSON values.
 */
export function jsonOf({ event, data, json }: WireEvent, emit: Emit): JsonRecord | undefined {
  if (isRecord(json)) return json
  // No format of this package gives its events such a name.
  const isForeign = event !== undefined && !/^(message$|response\.)/.test(event)
  if (json === undefined && /^\s*[^\s:]/.test(data) && !isForeign && !keepAlive.test(data)) {
    const [, said] = /^\s*\[?error\b\]?[\s:-]*(.*)/is.exec(data) ?? []
    emit({ type: 'failed', error: said ? apiError(said, data) : malformedEvent(data) })
  }
  return undefined
}
