import { foreignResponse } from '../../errors/protocol.ts'
import { isRecord, recordOf, textOf } from '../../json/json-record.ts'
import type { WireEvent } from '../../wire/wire-event.ts'

/**
 * Makes a check that the events of one run are those of one response: what another stream sent must
 * never become part of the answer.
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
