import { apiError } from '../errors/api.ts'
import { malformedEvent } from '../errors/protocol.ts'
import { isDoneMarker } from '../wire/done-marker.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { Emit } from './vocabulary/completion-event.ts'
import { isRecord, type JsonRecord } from '../json/json-record.ts'

/** What says only that the connection is alive, as the data, the name or the type of an event. */
export const keepAlive: RegExp = /^\s*(ping|heart-?beat|keep-?alive)\s*$/i

/** Whether an event is the marker that ends a stream. */
export function isDoneEvent({ json, data }: WireEvent): boolean {
  return !isRecord(json) && isDoneMarker(data)
}

/**
 * The JSON object that an event carries. Emits a failure for data that should be JSON and is not, and
 * answers `undefined` for it and for what carries nothing: keep-alives sent as data, blank data,
 * events with a name of their own, values that are no objects.
 */
export function jsonOf({ event, data, json }: WireEvent, emit: Emit): JsonRecord | undefined {
  if (isRecord(json)) return json
  // A name that none of the formats here gives its events.
  const isForeign = event !== undefined && !/^(message$|response\.)/.test(event)
  if (json === undefined && /^\s*[^\s:]/.test(data) && !isForeign && !keepAlive.test(data)) {
    const [, said] = /^\s*\[?error\b\]?[\s:-]*(.*)/is.exec(data) ?? []
    emit({ type: 'failed', error: said ? apiError(said, data) : malformedEvent(data) })
  }
  return undefined
}
