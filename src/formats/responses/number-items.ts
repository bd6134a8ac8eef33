import { isRecord, numberOf, stringOf, type JsonRecord } from '../../json/json-record.ts'

/** Beyond it, numbers lie too far apart to tell items from each other that share a place. */
const largest = 2 ** 31

/** An index as the wire has it, within bounds; `undefined` for what is no number. */
export function indexOf(value: unknown): number | undefined {
  const index = numberOf(value) ?? NaN
  return Number.isNaN(index) ? undefined : Math.min(Math.max(index, -largest), largest)
}

/** How far apart items stand that share an index: a million of them fit. */
const step = 2 ** -20

/**
 * Says of each event which item it is about: its `output_index`, or where a server leaves that out, a
 * number by the item's id, in the order in which the ids appear; the first item where it names none.
 * Another item that begins at the same index gets the place after it. Ids alone say nothing: some
 * servers give an item a new one in every event.
 */
export function createItemNumbering(): (event: JsonRecord, verb: string) => number {
  const numbers = new Map<string, number>()
  /** The item that began last at an index. */
  const latest = new Map<number, { number: number; isDone: boolean }>()
  let next = 0
  let last: { id: string; given: unknown; number: number } | undefined
  return ({ item, item_id: itemId, output_index: given }, verb) => {
    const isItem = isRecord(item)
    const id = stringOf(itemId) ?? (isItem ? stringOf(item['id']) : undefined)
    // Most events are about the item of the one before; to compare ids is cheaper than to look one up.
    if (last && id === last.id && given === last.given && !isItem) return last.number
    const index = indexOf(given)
    const there = index === undefined ? undefined : latest.get(index)
    if (id === undefined) return there?.number ?? index ?? 0
    const known = numbers.get(id)
    let number = index ?? known ?? next
    if (known !== undefined && Math.floor(known) === index) number = known
    else if (there) {
      number = there.number + (isItem && (verb === 'added' || there.isDone) ? step : 0)
    }
    if (index !== undefined && (isItem || !there)) {
      latest.set(index, { number, isDone: isItem && verb === 'done' })
    }
    numbers.set(id, number)
    next = Math.max(next, Math.floor(number) + 1)
    last = { id, given, number }
    return number
  }
}
