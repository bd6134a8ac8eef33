import { isRecord, numberOf, stringOf, type JsonRecord } from '../../json/json-record.ts'

/** Beyond this, floating-point numbers are too far apart to separate items that share an index. */
const largest = 2 ** 31

/** An index of the wire, within bounds, or `undefined` if it is not a number. */
export function indexOf(value: unknown): number | undefined {
  const index = numberOf(value) ?? NaN
  return Number.isNaN(index) ? undefined : Math.min(Math.max(index, -largest), largest)
}

/** The distance between items that share an index: a million of them fit. */
const step = 2 ** -20

/**
 * Finds the item of each event: by `output_index`, or if a server omits it, by the item's id in order of
 * appearance. An event with neither is about the first item. A second item at the same index gets the place
 * after the first. Ids alone are not reliable: some servers send a new id for the same item in every event.
 */
export function createItemNumbering(): (event: JsonRecord, verb: string) => number {
  const numbers = new Map<string, number>()
  /** The latest item at each index. */
  const latest = new Map<number, { number: number; isDone: boolean }>()
  let next = 0
  let last: { id: string; given: unknown; number: number } | undefined
  return ({ item, item_id: itemId, output_index: given }, verb) => {
    const isItem = isRecord(item)
    const id = stringOf(itemId) ?? (isItem ? stringOf(item['id']) : undefined)
    // Most events are about the same item as the previous one, and comparing ids is cheaper than a lookup.
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
