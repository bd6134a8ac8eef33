import { CompletionError } from '../errors.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { Emit } from './completion-event.ts'
import { isRecord, type JsonRecord } from './json.ts'

/** The marker that ends the streams of the Completions APIs and of many proxies. */
export function isDoneMarker(event: WireEvent): boolean {
  return event.json === undefined && event.data.trim() === '[DONE]'
}

/**
 * The JSON object that an event carries. Emits a failure for data that should be JSON and is not, and
 * answers `undefined` for it and for what carries nothing: keep-alives sent as data, blank data,
 * events with a name of their own, values that are no objects.
 */
export function jsonOf(event: WireEvent, emit: Emit): JsonRecord | undefined {
  if (event.json !== undefined) return isRecord(event.json) ? event.json : undefined
  const data = event.data.trim()
  const isKeepAlive = data === '' || data.startsWith(':')
  if (!isKeepAlive && !hasForeignName(event)) {
    emit({
      type: 'failure',
      error: new CompletionError({
        kind: 'protocol',
        message: `An event of the stream is not the JSON it should be: ${excerpt(data)}. It was cut or mixed up on the way, or the stream is not in a format that this package reads.`,
      }),
    })
  }
  return undefined
}

/** A name that none of the formats here gives its events. */
function hasForeignName({ event }: WireEvent): boolean {
  return event !== undefined && event !== 'message' && !event.startsWith('response.')
}

function excerpt(data: string): string {
  return JSON.stringify(data.length > 60 ? `${data.slice(0, 60)}…` : data)
}
