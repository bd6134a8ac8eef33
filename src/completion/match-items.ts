import type { JsonRecord } from '../json/json-record.ts'

/**
 * Finds for each item of an authoritative output the one that was built: by its id, or else by type and
 * order, because some servers renumber their items.
 */
export function matchItems<T extends { value: JsonRecord }>(
  built: readonly T[],
  items: readonly JsonRecord[],
): Map<JsonRecord, T> {
  const matches = new Map<JsonRecord, T>()
  const unmatched = new Set(built)
  for (const name of ['id', 'type']) {
    const queues = new Map<unknown, T[]>()
    for (const slot of [...unmatched].reverse()) {
      const key = slot.value[name]
      const queue = queues.get(key)
      if (queue) queue.push(slot)
      else queues.set(key, [slot])
    }
    for (const item of items) {
      const slot =
        matches.has(item) || item[name] === undefined ? undefined : queues.get(item[name])?.pop()
      if (!slot) continue
      matches.set(item, slot)
      unmatched.delete(slot)
    }
  }
  return matches
}
