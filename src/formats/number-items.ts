import { isRecord, stringOf, type JsonRecord } from './json.ts'
import { indexOf } from './responses-place.ts'

/**
 * Gives the events of a server that leaves out `output_index` one, by the ids of their items, in the
 * order in which these appear. Events that have one, or that name no item, are left as they are.
 */
export function createItemNumbering(): (event: JsonRecord) => JsonRecord {
  const numbers = new Map<string, number>()
  let next = 0
  return (event) => {
    const { item, item_id: itemId, output_index: given } = event
    const id = stringOf(itemId) ?? (isRecord(item) ? stringOf(item['id']) : undefined)
    if (id === undefined) return event
    const number = indexOf(given) ?? numbers.get(id) ?? next
    numbers.set(id, number)
    next = Math.max(next, number + 1)
    return given === number ? event : { ...event, output_index: number }
  }
}
