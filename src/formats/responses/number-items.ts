import { numberOf, recordOf, stringOf, type JsonRecord } from '../../json/json-record.ts'

/** Beyond it, numbers lie too far apart to tell items from each other that share a place. */
const largest = 2 ** 31

/** An index as the wire has it, within bounds; `undefined` for what is no number. */
export function indexOf(value: unknown): number | undefined {
  const index = numberOf(value) ?? NaN
  return Number.isNaN(index) ? undefined : Math.min(Math.max(index, -largest), largest)
}

/**
 * Says of each event which item it is about: its `output_index`, or where a server leaves that out, a
 * number by the item's id, in the order in which the ids appear; the first item where it names none.
 */
export function createItemNumbering(): (event: JsonRecord) => number {
  const numbers = new Map<string, number>()
  let next = 0
  let last: { id: string; given: unknown; number: number } | undefined
  return ({ item, item_id: itemId, output_index: given }) => {
    const id = stringOf(itemId) ?? stringOf(recordOf(item)['id'])
    if (id === undefined) return indexOf(given) ?? 0
    // Most events are about the item of the one before; to compare ids is cheaper than to look one up.
    if (last && id === last.id && given === last.given) return last.number
    const number = indexOf(given) ?? numbers.get(id) ?? next
    numbers.set(id, number)
    next = Math.max(next, number + 1)
    last = { id, given, number }
    return number
  }
}
