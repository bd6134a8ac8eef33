import type { JsonRecord } from '../formats/json.ts'

/**
 * Finds for each item of an authoritative output the one that was built: by its id, or else by type
 * and order, for some servers number their items anew.
 */
export function matchItems<T extends { value: JsonRecord }>(
  built: readonly T[],
  items: readonly JsonRecord[],
): Map<JsonRecord, T> {
  const matches = new Map<JsonRecord, T>()
  const unmatched = new Set(built)
  const withId = queuesOf(built, ({ value }) => value['id'])
  for (const item of items) {
    const record = item['id'] === undefined ? undefined : withId.get(item['id'])?.pop()
    if (!record) continue
    matches.set(item, record)
    unmatched.delete(record)
  }
  const withType = queuesOf([...unmatched], ({ value }) => value['type'])
  for (const item of items) {
    const record = matches.has(item) ? undefined : withType.get(item['type'])?.pop()
    if (record) matches.set(item, record)
  }
  return matches
}

/** The values by their key, the first of each last: taking one is `pop()`. */
function queuesOf<T>(values: readonly T[], keyOf: (value: T) => unknown): Map<unknown, T[]> {
  const queues = new Map<unknown, T[]>()
  for (const value of [...values].reverse()) {
    const key = keyOf(value)
    const queue = queues.get(key)
    if (queue) queue.push(value)
    else queues.set(key, [value])
  }
  return queues
}
