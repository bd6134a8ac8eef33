import { isRecord } from '../formats/json.ts'

/** Whether two values mean the same JSON. Does not recurse deeper than JSON of the wire is ever useful. */
export function sameJson(a: unknown, b: unknown, depth = 64): boolean {
  if (Object.is(a, b)) return true
  if (depth === 0) return false
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => sameJson(value, b[index], depth - 1))
  }
  if (!isRecord(a) || !isRecord(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key], depth - 1))
  )
}
