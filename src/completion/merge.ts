import { isRecord, recordOf } from '../json/json-record.ts'

/** The fields that deltas and other events fill, in an item or in one of its parts. */
const built = /^(content|summary|arguments|input|name|call_id|phase|status|text|refusal)$/

/**
 * Merges what the wire says about an item into what is known of it. Returns `before` if nothing changes.
 * Fields that deltas filled stay if `after` leaves them empty: some proxies close an item with an empty
 * one. The depth is limited.
 *
 * @param partial whether all other fields that `after` does not have stay too
 */
export function merge<T>(before: unknown, after: T, partial: boolean, depth = 64): T {
  let next: unknown
  if (depth > 0 && Array.isArray(before) && Array.isArray(after)) {
    next = after.map((value: unknown, at) =>
      recordOf(before[at])['type'] === recordOf(value)['type']
        ? merge(before[at], value, partial, depth - 1)
        : value,
    )
  } else if (depth > 0 && isRecord(before) && isRecord(after)) {
    const stays = (name: string) =>
      built.test(name) ? isEmpty(after[name]) : partial && !Object.hasOwn(after, name)
    // Not by assignment: `__proto__` is a field like any other.
    next = Object.fromEntries([
      ...Object.entries(after).map(([name, value]) => [
        name,
        merge(before[name], value, partial, depth - 1),
      ]),
      ...Object.entries(before).filter(([name, value]) => !isEmpty(value) && stays(name)),
    ])
  } else {
    return after
  }
  return keepIdentity(before, next) as T
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (value as { length?: unknown }).length === 0
}

/** The list or record before, if it has the same values as the next. */
export function keepIdentity<T>(before: T, next: T): T {
  const names = Object.keys(next as object) as (keyof T)[]
  return names.length === Object.keys(before as object).length &&
    names.every((name) => before[name] === next[name])
    ? before
    : next
}
