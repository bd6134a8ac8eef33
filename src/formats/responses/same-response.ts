import { foreignResponse } from '../../errors/protocol.ts'
import { isRecord, recordOf, textOf } from '../../json/json-record.ts'
import type { WireEvent } from '../../wire/wire-event.ts'

/**
 * Creates a check that all events of a run belong to one response: events of another stream must never become
 * part of the answer.
 *
 * @param first the identifier of the response, if it is known already
 */
export function createResponseCheck(first: string | undefined): (event: WireEvent) => void {
  let id = first
  return ({ json }) => {
    const { type, response } = recordOf(json)
    if (!isRecord(response) || !textOf(type).startsWith('response.')) return
    const next = textOf(response['id']) || id
    if (id !== undefined && next !== id) throw foreignResponse(id, next as string)
    id = next
  }
}
